package dev.hydra.dialect.completions;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A completion at once. */
final class WholeCompletion implements ReplyWriter {
    private final Map<Integer, StringBuilder> texts = new TreeMap<>();
    private final Map<Integer, List<TokenLogprob>> tokens = new HashMap<>();
    private final Map<Integer, FinishReason> reasons = new TreeMap<>();
    private final ReplyHead head;
    private final String echo;
    private Usage usage = Usage.NONE;

    WholeCompletion(ReplyHead head, String echo) {
        this.head = head;
        this.echo = echo;
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) {
        if (event instanceof ReplyEvent.TextDelta delta) {
            text(delta.candidate()).append(delta.text());
        } else if (event instanceof ReplyEvent.Logprobs more) {
            tokens.computeIfAbsent(more.candidate(), index -> new ArrayList<>()).addAll(more.tokens());
        } else if (event instanceof ReplyEvent.Finished finished) {
            reasons.put(finished.candidate(), finished.reason());
        } else if (event instanceof ReplyEvent.Refused) {
            reasons.put(0, FinishReason.FILTERED);
        } else if (event instanceof ReplyEvent.UsageReported reported) {
            usage = reported.usage();
        }
    }

    private StringBuilder text(int candidate) {
        return texts.computeIfAbsent(candidate, index -> new StringBuilder(echo));
    }

    @Override
    public void end(OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out);
        CompletionJson.head(json, head);
        for (var choice : reasons.entrySet()) {
            int index = choice.getKey();
            CompletionJson.choice(json, index, text(index).toString(), new Logprobs(echo), tokens.getOrDefault(index, List.of()),
                    choice.getValue());
        }
        json.endArray();
        CompletionJson.usage(json, usage);
        json.endObject().end();
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        out.write(OpenAiError.document(failure));
    }
}
