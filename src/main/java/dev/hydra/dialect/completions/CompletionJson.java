package dev.hydra.dialect.completions;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces that a completion and its chunks have in common. */
final class CompletionJson {
    private CompletionJson() {
    }

    static void head(JsonOutput json, ReplyHead head) throws IOException {
        json.beginObject().name("id").value("cmpl-" + head.requestId()).name("object").value("text_completion");
        json.name("created").value(Math.max(1, head.created().getEpochSecond())).name("model").value(head.model());
        json.name("choices").beginArray();
    }

    /** @param tokens those of the text, none where they are not asked for @param reason null while the choice goes on */
    static void choice(JsonOutput json, int index, String text, Logprobs logprobs, List<TokenLogprob> tokens, @Nullable FinishReason reason)
            throws IOException {
        json.beginObject().name("text").value(text).name("index").value(index).name("logprobs");
        logprobs.write(json, tokens);
        json.name("finish_reason");
        if (reason == null) {
            json.nullValue();
        } else {
            json.value(word(reason));
        }
        json.endObject();
    }

    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, MALFORMED_CALL, OTHER -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }

    static void usage(JsonOutput json, Usage usage) throws IOException {
        long total = usage.total() > 0 ? usage.total() : usage.prompt() + usage.completion();
        json.name("usage").beginObject().name("prompt_tokens").value(usage.prompt()).name("completion_tokens").value(usage.completion());
        json.name("total_tokens").value(total).endObject();
    }
}
