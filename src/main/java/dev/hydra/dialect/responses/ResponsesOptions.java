package dev.hydra.dialect.responses;

import dev.hydra.conversation.Options;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Thinking;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.OpenAiOptions;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads all that a request says besides its input and tools (spec mapping §5.1, §10). */
final class ResponsesOptions {
    static final String ENCRYPTED = "reasoning.encrypted_content";
    private static final String LOGPROBS = "message.output_text.logprobs";
    /** Fields that are carried, told back to the client, or that ask for what happens anyway; every other one is listed as ignored. */
    private static final Set<String> CARRIED = Set.of("model", "input", "instructions", "tools", "tool_choice", "stream", "stream_options",
            "temperature", "top_p", "top_k", "seed", "presence_penalty", "frequency_penalty", "max_output_tokens", "text", "reasoning",
            "include", "top_logprobs", "parallel_tool_calls", "service_tier", "store", "previous_response_id", "metadata", "user",
            "safety_identifier", "client_metadata", "prompt_cache_key", "background", "conversation", "prompt", "truncation");
    /** Asks for more than a reply, and nothing here could give it. */
    private static final List<String> REFUSED = List.of("conversation", "prompt");
    private static final int MOST_LOGPROBS = 20;

    private final Field body;
    private final Ignored ignored;

    ResponsesOptions(Field body, Ignored ignored) {
        this.body = body;
        this.ignored = ignored;
    }

    Options read() {
        refuse();
        list();
        return new Options(
                new Sampling(body.get("temperature").number(), body.get("top_p").number(), body.get("top_k").integer(0, Integer.MAX_VALUE),
                        body.get("seed").integer(), body.get("presence_penalty").number(), body.get("frequency_penalty").number()),
                thinking(), OpenAiOptions.format(body.get("text").member("format")),
                body.get("max_output_tokens").integer(1, Integer.MAX_VALUE), List.of(), 1, topLogprobs(),
                body.get("parallel_tool_calls").booleanOr(true), List.of(), "",
                OpenAiOptions.serviceTier(body.get("service_tier"), ignored), JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Whether the client wants to keep the provider's signatures itself. */
    boolean wantsSeals() {
        return includes(ENCRYPTED);
    }

    /** Whether summaries of the model's thoughts are wanted: only when the client says so. */
    boolean wantsSummaries() {
        Field reasoning = body.get("reasoning");
        String summary = reasoning.member("summary").or(reasoning.get("generate_summary")).textOr("none");
        return !summary.equals("none");
    }

    /** Whether the reply is to be kept; OpenAI's default. */
    boolean stores() {
        return body.get("store").booleanOr(true);
    }

    private void refuse() {
        if (body.get("background").booleanOr(false)) {
            throw body.get("background").invalid("must be false: this gateway answers at once and keeps no queue");
        }
        for (String name : REFUSED) {
            if (body.get(name).present()) {
                throw new InvalidRequest(name,
                        "'" + name + "' is not supported: nothing of that kind is kept here. Send the messages in 'input'"
                                + " or continue with 'previous_response_id'.");
            }
        }
    }

    private void list() {
        for (String name : body.names()) {
            if (!CARRIED.contains(name)) {
                ignored.addIfSaid(name, body.get(name).value());
            }
        }
        for (String item : body.get("include").texts()) {
            if (!item.equals(ENCRYPTED) && !item.equals(LOGPROBS)) {
                ignored.add("include." + item);
            }
        }
        ignored.addIfSaid("text.verbosity", body.get("text").member("verbosity").value());
        if (body.get("truncation").textOr("disabled").equals("auto")) {
            ignored.add("truncation");
        }
    }

    private boolean includes(String what) {
        return body.get("include").texts().contains(what);
    }

    private Thinking thinking() {
        Field reasoning = body.get("reasoning");
        if (!reasoning.present()) {
            return Thinking.UNSET;
        }
        return new Thinking(OpenAiOptions.effort(reasoning.member("effort")), wantsSummaries() ? Optional.of(true) : Optional.empty());
    }

    private OptionalInt topLogprobs() {
        Field top = body.get("top_logprobs");
        int wanted = top.integer(0, Integer.MAX_VALUE).orElse(0);
        if (wanted > MOST_LOGPROBS) {
            throw top.invalid("must be at most " + MOST_LOGPROBS);
        }
        return wanted > 0 || includes(LOGPROBS) ? OptionalInt.of(wanted) : OptionalInt.empty();
    }
}
