package dev.hydra.dialect.completions;

import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.dialect.OpenAiLogprobs;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.util.List;

/** Log probabilities of one choice as legacy completions write them: four lists side by side. Knows where in the text the next token stands. */
final class Logprobs {
    private int offset;

    /** @param echo what stands before the answer in the choice's text */
    Logprobs(String echo) {
        offset = echo.codePointCount(0, echo.length());
    }

    /** Writes the next tokens as a value; null for none. */
    void write(JsonOutput json, List<TokenLogprob> tokens) throws IOException {
        if (tokens.isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject().name("tokens").beginArray();
        for (TokenLogprob token : tokens) {
            json.value(token.token());
        }
        json.endArray().name("token_logprobs").beginArray();
        for (TokenLogprob token : tokens) {
            json.value(OpenAiLogprobs.finite(token));
        }
        json.endArray().name("top_logprobs").beginArray();
        for (TokenLogprob token : tokens) {
            json.beginObject();
            for (TokenLogprob other : token.alternatives()) {
                json.name(other.token()).value(OpenAiLogprobs.finite(other));
            }
            json.endObject();
        }
        json.endArray().name("text_offset").beginArray();
        for (TokenLogprob token : tokens) {
            json.value(offset);
            offset += token.token().codePointCount(0, token.token().length());
        }
        json.endArray().endObject();
    }
}
