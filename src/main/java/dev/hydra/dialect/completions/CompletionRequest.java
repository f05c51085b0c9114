package dev.hydra.dialect.completions;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A text to go on with.
 *
 * @param echo  the prompt, when it is to stand before each answer; else empty
 * @param usage whether a stream ends with a chunk of usage
 */
record CompletionRequest(Conversation conversation, List<String> ignored, String echo, boolean usage) implements ClientRequest {
    private static final Set<String> KNOWN = Set.of("model", "prompt", "max_tokens", "temperature", "top_p", "n", "stream",
            "stream_options",
            "stop", "presence_penalty", "frequency_penalty", "seed", "echo", "suffix", "best_of", "logprobs");
    private static final int MOST_LOGPROBS = 20;
    private static final int MOST_CANDIDATES = 128;

    static CompletionRequest read(Field body) {
        Ignored ignored = new Ignored();
        body.names().stream().filter(name -> !KNOWN.contains(name)).forEach(name -> ignored.addIfSaid(name, body.get(name).value()));
        if (!body.get("suffix").textOr("").isEmpty()) {
            throw body.get("suffix").invalid("is not supported: Gemini cannot write into the middle of a text");
        }
        String prompt = prompt(body.get("prompt"));
        int candidates = body.get("n").integer(1, MOST_CANDIDATES).orElse(1);
        if (body.get("best_of").integer(1, MOST_CANDIDATES).orElse(1) > candidates) {
            ignored.add("best_of");
        }
        Sampling sampling = new Sampling(body.get("temperature").number(), body.get("top_p").number(), OptionalInt.empty(),
                body.get("seed").integer(), body.get("presence_penalty").number(), body.get("frequency_penalty").number());
        Options unset = Options.UNSET;
        Options options = new Options(sampling, unset.thinking(), unset.format(), body.get("max_tokens").integer(1, Integer.MAX_VALUE),
                stop(body.get("stop")), candidates, body.get("logprobs").integer(0, MOST_LOGPROBS), unset.parallelCalls(),
                unset.modalities(), unset.voice(),
                unset.serviceTier(), unset.google());
        List<Turn> turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Text(prompt))));
        return new CompletionRequest(new Conversation(List.of(), turns, List.of(), ToolChoice.UNSET, options), ignored.paths(),
                body.get("echo").booleanOr(false) ? prompt : "", body.get("stream_options").member("include_usage").booleanOr(false));
    }

    /** One text; prompts as token numbers have no counterpart, and several are several requests, see {@link CompletionsDialect#each}. */
    private static String prompt(Field prompt) {
        List<Field> items = prompt.oneOrAll();
        if (items.size() != 1 || !items.getFirst().isText()) {
            throw prompt.invalid("must be a string, or outside a stream a list of at most " + CompletionsDialect.MOST_PROMPTS
                    + " strings; token numbers are not supported");
        }
        if (items.getFirst().text().isEmpty()) {
            throw prompt.invalid("must not be empty");
        }
        return items.getFirst().text();
    }

    private static List<String> stop(Field stop) {
        return stop.oneOrAll().stream().map(Field::text).filter(text -> !text.isEmpty()).toList();
    }

    @Override
    public ReplyWriter whole(ReplyHead head) {
        return new WholeCompletion(head, echo);
    }

    @Override
    public ReplyWriter stream(ReplyHead head) {
        return new CompletionStream(head, this);
    }
}
