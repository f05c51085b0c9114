package dev.hydra.dialect.gemini;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes replies to clients in Gemini's own format (spec mapping §9): another provider's events as {@code GenerateContentResponse}s, Gemini's own messages as
 * they are.
 */
final class GeminiReplyWriter implements ReplyWriter {
    private final Framing framing;
    private final ReplyHead head;
    private final Map<Integer, CandidateWriter> candidates = new TreeMap<>();
    private String responseId;
    private String refusal = "";
    private Usage usage = Usage.NONE;
    private boolean passedOn;
    private int messages;

    GeminiReplyWriter(Framing framing, ReplyHead head) {
        this.framing = framing;
        this.head = head;
        this.responseId = head.requestId();
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        if (event instanceof ReplyEvent.Original original) {
            passedOn = true;
            framing.message(original.message(), messages++ == 0, out);
        } else if (!passedOn) {
            translate(event);
            if (framing != Framing.WHOLE && candidates.values().stream().anyMatch(CandidateWriter::hasParts)) {
                message(false, out);
            }
        }
    }

    private void translate(ReplyEvent event) {
        switch (event) {
            case ReplyEvent.Started started -> responseId = started.responseId().isEmpty() ? responseId : started.responseId();
            case ReplyEvent.TextDelta text -> candidate(text.candidate()).text(text.text(), false, text.seal());
            case ReplyEvent.ThoughtDelta thought -> candidate(thought.candidate()).text(thought.text(), true, thought.seal());
            case ReplyEvent.CallStarted call -> candidate(call.candidate()).call(call);
            case ReplyEvent.CallArguments more -> candidate(more.candidate()).arguments(more);
            case ReplyEvent.MediaMade media -> candidate(media.candidate()).media(media);
            case ReplyEvent.ForeignMade foreign -> candidate(foreign.candidate()).foreign(foreign);
            case ReplyEvent.Cited cited -> candidate(cited.candidate()).cited(cited);
            case ReplyEvent.Logprobs logprobs -> candidate(logprobs.candidate()).logprobs(logprobs.tokens());
            case ReplyEvent.Finished finished -> candidate(finished.candidate()).finished(finished);
            case ReplyEvent.Refused refused -> refusal = FinishReasons.blockOf(refused.reason());
            case ReplyEvent.UsageReported reported -> usage = reported.usage();
            case ReplyEvent.Original original -> throw new IllegalStateException("an original is passed on, not translated");
            case ReplyEvent.ProviderError error -> throw new IllegalStateException("a provider's error is the gateway's to tell");
        }
    }

    private CandidateWriter candidate(int index) {
        return candidates.computeIfAbsent(index, CandidateWriter::new);
    }

    /** @throws IllegalStateException when a candidate has no end: a reply that was cut must be failed, never ended (spec clients §1 rule 1) */
    @Override
    public void end(OutputStream out) throws IOException {
        if (!passedOn) {
            if (refusal.isEmpty() && (candidates.isEmpty() || !candidates.values().stream().allMatch(CandidateWriter::isFinished))) {
                throw new IllegalStateException("the reply has no end");
            }
            message(true, out);
        }
        framing.end(messages == 0, out);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        framing.message(Json.bytes(GeminiError.document(failure, requestId)), messages++ == 0, out);
        framing.end(false, out);
    }

    private void message(boolean last, OutputStream out) throws IOException {
        JsonArrayBuilder list = Json.arrayBuilder();
        boolean any = false;
        for (CandidateWriter candidate : candidates.values()) {
            if (last || candidate.hasParts()) {
                list.add(candidate.take(last));
                any = true;
            }
        }
        JsonObjectBuilder message = Json.objectBuilder();
        if (any) {
            message.add("candidates", list);
        }
        if (!refusal.isEmpty() && candidates.isEmpty()) {
            message.add("promptFeedback", Json.objectBuilder().add("blockReason", refusal));
        }
        if (last && !usage.equals(Usage.NONE)) {
            message.add("usageMetadata", UsageCounts.written(usage));
        }
        message.add("modelVersion", head.model()).add("responseId", responseId);
        framing.message(Json.bytes(message.build()), messages++ == 0, out);
    }
}
