package dev.hydra.dialect.speech;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A text to be spoken.
 *
 * @param raw bare samples (16 bit, 24 kHz, mono) instead of a WAV file
 */
record SpeechRequest(Conversation conversation, List<String> ignored, boolean raw) implements ClientRequest {
    private static final Set<String> KNOWN = Set.of("model", "input", "voice", "instructions", "response_format", "stream_format", "speed");

    static SpeechRequest read(Field body) {
        Ignored ignored = new Ignored();
        body.names().stream().filter(name -> !KNOWN.contains(name)).forEach(name -> ignored.addIfSaid(name, body.get(name).value()));
        speed(body.get("speed"), ignored);
        String input = body.get("input").text();
        if (input.isBlank()) {
            throw body.get("input").invalid("must not be empty");
        }
        // A speech model has no system instruction; a preface of this form is what it follows.
        String instructions = body.get("instructions").textOr("");
        String spoken = instructions.isBlank() ? input : instructions.strip() + ": " + input;
        Options unset = Options.UNSET;
        Options options = new Options(unset.sampling(), unset.thinking(), unset.format(), unset.maxTokens(), unset.stop(),
                unset.candidates(), unset.topLogprobs(), unset.parallelCalls(), List.of("audio"), voice(body.get("voice")),
                unset.serviceTier(), unset.google());
        List<Turn> turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Text(spoken))));
        boolean raw = raw(body, ignored);
        return new SpeechRequest(new Conversation(List.of(), turns, List.of(), ToolChoice.UNSET, options), ignored.paths(), raw);
    }

    private static String voice(Field voice) {
        return voice.isObject() ? voice.get("id").text() : voice.text();
    }

    private static void speed(Field speed, Ignored ignored) {
        OptionalDouble said = speed.number();
        if (said.isPresent() && said.getAsDouble() != 1) {
            ignored.add(speed.path());
        }
    }

    /** OpenAI's default is MP3, for which there is no encoder here: who names no format gets what there is, who insists on one is told. */
    private static boolean raw(Field body, Ignored ignored) {
        Field format = body.get("response_format");
        boolean events = body.get("stream_format").textOr("audio").equals("sse");
        if (!format.present()) {
            ignored.add(format.path());
            return events;
        }
        List<String> possible = events ? List.of("pcm") : List.of("wav", "pcm");
        if (!possible.contains(format.text())) {
            throw format.unknown(possible);
        }
        return format.text().equals("pcm");
    }

    @Override
    public String wholeType() {
        return raw ? "audio/pcm" : "audio/wav";
    }

    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new SpokenFile(raw);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new SpokenStream();
    }
}
