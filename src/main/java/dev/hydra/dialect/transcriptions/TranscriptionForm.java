package dev.hydra.dialect.transcriptions;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.FormBody;
import dev.hydra.dialect.FormRequest;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One sound to be written down. */
final class TranscriptionForm extends FormRequest {
    private static final Set<String> KNOWN = Set.of("file", "model", "language", "prompt", "response_format", "temperature", "stream",
            "timestamp_granularities");

    private final boolean english;

    TranscriptionForm(BodyScan scan, @Nullable String contentType, boolean english) {
        super(scan, contentType);
        this.english = english;
    }

    @Override
    public String id() {
        return "transcriptions";
    }

    @Override
    protected ClientRequest read(Field body) {
        Ignored ignored = new Ignored();
        body.names().stream().filter(name -> !KNOWN.contains(name)).forEach(name -> ignored.addIfSaid(name, body.get(name).value()));
        Form form = form(body);
        // Times come from the model's hearing and not from an aligner, one for each sentence at best.
        body.get("timestamp_granularities").oneOrAll().stream().filter(item -> item.textIfAny().equals("word"))
                .forEach(word -> ignored.add(word.path()));
        Field file = body.get("file");
        if (!file.get("data").isText()) {
            throw file.wrong("an uploaded file");
        }
        Part sound = new Part.Media(file.get("mime_type").textOr(""), new Part.Source.Inline(file.get("data").text()), "",
                file.get("filename").textOr(""), JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
        List<Turn> turns = List.of(new Turn(Turn.Role.USER, List.of(sound, new Part.Text(task(body, form)))));
        Conversation conversation = new Conversation(List.of(), turns, List.of(), ToolChoice.UNSET, options(body, form));
        return new TranscriptionRequest(conversation, ignored.paths(), form, english, body.get("language").textOr(""));
    }

    private static Form form(Field body) {
        Field said = body.get("response_format");
        Form form = Form.of(said.textOr("json")).orElseThrow(() -> said.unknown(Form.names()));
        if (form.timed() && FormBody.flag(body.get("stream"))) {
            throw said.invalid("must be json or text in a stream");
        }
        return form;
    }

    private String task(Field body, Form form) {
        StringBuilder task = new StringBuilder(
                english ? "Translate what is said in this recording into English." : "Write down verbatim what is said in this recording.");
        task.append(" Answer with the text alone, without comments, titles or marks of speakers.");
        String language = body.get("language").textOr("");
        if (!language.isBlank()) {
            task.append(" The recording is in the language with the code ").append(language.strip()).append('.');
        }
        String prompt = body.get("prompt").textOr("");
        if (!prompt.isBlank()) {
            task.append(" Names, spelling and style follow this text: ").append(prompt.strip());
        }
        if (form.timed()) {
            task.append(
                    " Divide it into segments of about a sentence, each with its start and end in seconds from the beginning of the recording.");
        }
        return task.toString();
    }

    private static Options options(Field body, Form form) {
        OptionalDouble temperature = FormBody.number(body.get("temperature"));
        Sampling sampling = new Sampling(OptionalDouble.of(temperature.orElse(0)), OptionalDouble.empty(), OptionalInt.empty(),
                OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        Options unset = Options.UNSET;
        Format format = form.timed() ? Segments.FORMAT : unset.format();
        return new Options(sampling, unset.thinking(), format, unset.maxTokens(), unset.stop(), unset.candidates(), unset.topLogprobs(),
                unset.parallelCalls(), unset.modalities(), unset.voice(), unset.serviceTier(), unset.google());
    }
}
