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
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A completion as it comes: chunks and {@code [DONE]}. */
final class CompletionStream implements ReplyWriter {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final JsonOutput json = new JsonOutput();
    private final BitSet begun = new BitSet();
    private final Map<Integer, Logprobs> logprobs = new HashMap<>();
    private final ReplyHead head;
    private final CompletionRequest request;
    private Usage usage = Usage.NONE;

    CompletionStream(ReplyHead head, CompletionRequest request) {
        this.head = head;
        this.request = request;
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        if (event instanceof ReplyEvent.TextDelta delta && !delta.text().isEmpty()) {
            chunk(delta.candidate(), delta.text(), List.of(), null, out);
        } else if (event instanceof ReplyEvent.Logprobs more) {
            // Behind the text that they are of: the provider tells them so.
            chunk(more.candidate(), "", more.tokens(), null, out);
        } else if (event instanceof ReplyEvent.Finished finished) {
            chunk(finished.candidate(), "", List.of(), finished.reason(), out);
        } else if (event instanceof ReplyEvent.Refused) {
            chunk(0, "", List.of(), FinishReason.FILTERED, out);
        } else if (event instanceof ReplyEvent.UsageReported reported) {
            usage = reported.usage();
        }
    }

    private void chunk(int candidate, String text, List<TokenLogprob> tokens, @Nullable FinishReason reason, OutputStream out)
            throws IOException {
        String shown = begun.get(candidate) ? text : request.echo() + text;
        begun.set(candidate);
        out.write(DATA);
        CompletionJson.head(json.begin(out), head);
        Logprobs place = logprobs.computeIfAbsent(candidate, index -> new Logprobs(request.echo()));
        CompletionJson.choice(json, candidate, shown, place, tokens, reason);
        json.endArray().endObject().end();
        out.write(END);
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (request.usage()) {
            out.write(DATA);
            CompletionJson.head(json.begin(out), head);
            json.endArray();
            CompletionJson.usage(json, usage);
            json.endObject().end();
            out.write(END);
        }
        out.write(DONE);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        out.write(DATA);
        out.write(OpenAiError.document(failure));
        out.write(END);
    }
}
