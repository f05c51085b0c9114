package dev.hydra.dialect.gemini;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonScan;
import dev.hydra.wire.MalformedJson;
import dev.hydra.wire.Passage;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A client's request on its way to Gemini as it is. Its reply is passed on as it is too; the gateway only listens. */
record PassedOn(byte[] body, Passage passage) implements ProviderRequest {
    private static final int LONGEST_NAME = 128;
    private static final String STREAM = "streamGenerateContent";

    @Override
    public boolean searches() {
        return SearchTool.isIn(body);
    }

    @Override
    public List<String> ignored() {
        return List.of();
    }

    @Override
    public ReplyReader reader() {
        boolean generates = passage.method().isEmpty() || passage.method().equals("generateContent") || passage.method().equals(STREAM);
        return generates ? new Talk(isPartial(passage)) : new Document();
    }

    /** A client that asks for some fields alone may have left out those by which an end is known. */
    private static boolean isPartial(Passage passage) {
        return passage.headers().keySet().stream().anyMatch("x-goog-fieldmask"::equalsIgnoreCase)
                || ('&' + passage.query()).contains("&fields=") || ('&' + passage.query()).contains("&$fields=");
    }

    private static ReplyEvent original(byte[] json, int offset, int length) {
        return new ReplyEvent.Original(Arrays.copyOfRange(json, offset, offset + length));
    }

    /** The reply of a model that talks. */
    private static final class Talk implements ReplyReader {
        private final GeminiReplyReader meaning = new GeminiReplyReader(new FunctionNames(LONGEST_NAME, RequestWriter.PUNCTUATION),
                ArgumentTypes.of(List.of()));
        private final boolean partial;

        Talk(boolean partial) {
            this.partial = partial;
        }

        @Override
        public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
            List<ReplyEvent> meant = new ArrayList<>(4);
            meaning.read(json, offset, length, meant::add);
            // An error is the gateway's to judge and to tell.
            if (meant.stream().noneMatch(ReplyEvent.ProviderError.class::isInstance)) {
                events.accept(original(json, offset, length));
            }
            meant.forEach(events);
        }

        @Override
        public void end(Consumer<? super ReplyEvent> events) {
            meaning.end(events);
            if (partial) {
                shown(events);
            }
        }
    }

    /** A document that means nothing to the gateway but whether it is an error. */
    private static final class Document implements ReplyReader {
        private static final JsonScan SCAN = new JsonScan(128, List.of("error", "usageMetadata"), List.of());

        /** Scanned only: a hundred embeddings are a third of a million numbers. */
        @Override
        public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
            byte[] message = Arrays.copyOfRange(json, offset, offset + length);
            JsonScan.Found found;
            try {
                found = SCAN.scan(message);
            } catch (MalformedJson broken) {
                throw new MalformedReply("the provider's reply is not a JSON object: " + broken.getMessage());
            }
            if (found.kind("error").filter(JsonScan.Kind.OBJECT::equals).isPresent()) {
                events.accept(new ReplyEvent.ProviderError(Json.object(message)));
                return;
            }
            events.accept(new ReplyEvent.Original(message));
            shown(events);
            found.span("usageMetadata").filter(span -> message[span.start()] == '{')
                    .map(span -> Json.object(message, span.start(), span.end() - span.start())).filter(UsageCounts::counts)
                    .ifPresent(counted -> events.accept(new ReplyEvent.UsageReported(UsageCounts.of(counted), "")));
        }

        @Override
        public void end(Consumer<? super ReplyEvent> events) {
        }
    }

    /** There is something to show, and it is complete. */
    private static void shown(Consumer<? super ReplyEvent> events) {
        events.accept(new ReplyEvent.ForeignMade(0, new Part.Foreign(GeminiDialect.ID, JsonValue.EMPTY_JSON_OBJECT), Seal.NONE));
        events.accept(new ReplyEvent.Finished(0, FinishReason.STOP, ""));
    }
}
