package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Log probabilities as OpenAI's formats write them. */
public final class OpenAiLogprobs {
    /** What OpenAI writes for a token that is next to impossible; JSON has no infinity. */
    private static final double IMPOSSIBLE = -9999.0;

    private OpenAiLogprobs() {
    }

    /** The tokens as an array, each with its alternatives. */
    public static void array(JsonOutput json, List<TokenLogprob> tokens) throws IOException {
        json.beginArray();
        for (TokenLogprob token : tokens) {
            start(json, token);
            json.name("top_logprobs").beginArray();
            for (TokenLogprob other : token.alternatives()) {
                start(json, other);
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    /** A token's log probability as a number that JSON has. */
    public static double finite(TokenLogprob token) {
        return Double.isFinite(token.logprob()) ? token.logprob() : IMPOSSIBLE;
    }

    private static void start(JsonOutput json, TokenLogprob token) throws IOException {
        json.beginObject().name("token").value(token.token()).name("logprob").value(finite(token)).name("bytes").beginArray();
        for (byte each : token.token().getBytes(StandardCharsets.UTF_8)) {
            json.value(each & 0xFF);
        }
        json.endArray();
    }
}
