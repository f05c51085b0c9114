package dev.hydra.dialect.responses;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Short ways to speak Responses in tests. JSON may be written with single quotes. */
final class Responses {
    static final ReplyHead HEAD = new ReplyHead("req_abc123", "gpt-alias", Instant.ofEpochSecond(1_790_000_000L));
    static final Finished STOP = new Finished(0, FinishReason.STOP, "");
    private static final ResponsesDialect DIALECT = new ResponsesDialect();

    private Responses() {
    }

    /** Keeps what it is given, in memory. */
    static final class Shelf implements Archive {
        final Map<String, Kept> kept = new LinkedHashMap<>();

        @Override
        public void keep(Kept each) {
            kept.put(each.id(), each);
        }

        @Override
        public List<Kept> chain(String id) {
            List<Kept> chain = new ArrayList<>();
            for (String next = id; !next.isEmpty(); next = chain.getFirst().previous()) {
                if (!kept.containsKey(next)) {
                    return List.of();
                }
                chain.addFirst(kept.get(next));
            }
            return chain;
        }

        @Override
        public boolean delete(String id) {
            return kept.remove(id) != null;
        }
    }

    static ClientRequest request(String json, Archive archive) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        DIALECT.peek(body);
        return DIALECT.read(body, archive);
    }

    static ClientRequest request(String json) {
        return request(json, Archive.NONE);
    }

    /** A request of one user message and the given further fields; may be empty. */
    static ClientRequest with(String fields) {
        return request("{'model':'m','input':'hi'" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    /** As {@link #with}, of a client that keeps the signatures itself. */
    static ClientRequest sealed(String fields) {
        return with("'include':['reasoning.encrypted_content'],'reasoning':{'summary':'auto'}" + (fields.isEmpty() ? "" : "," + fields));
    }

    static Conversation input(String items) {
        return request("{'model':'m','input':[" + items + "]}").conversation();
    }

    /** All parts of the conversation, in order. */
    static List<Part> parts(Conversation conversation) {
        return conversation.turns().stream().flatMap(turn -> turn.parts().stream()).toList();
    }

    static InvalidRequest refusal(String json) {
        return Assertions.catchThrowableOfType(InvalidRequest.class, () -> request(json));
    }

    static InvalidRequest refusalWith(String fields) {
        return Assertions.catchThrowableOfType(InvalidRequest.class, () -> with(fields));
    }

    static TextDelta text(String text) {
        return new TextDelta(0, text, Seal.NONE);
    }

    static ThoughtDelta thought(String text) {
        return new ThoughtDelta(0, text, Seal.NONE);
    }

    static List<ReplyEvent> call(int number, String id, String name, String arguments, Seal seal) {
        return List.of(new CallStarted(0, number, id, name, seal), new CallArguments(0, number, arguments));
    }

    static List<ReplyEvent> all(Object... events) {
        List<ReplyEvent> all = new ArrayList<>();
        for (Object each : events) {
            if (each instanceof List<?> several) {
                several.forEach(event -> all.add((ReplyEvent) event));
            } else {
                all.add((ReplyEvent) each);
            }
        }
        return all;
    }

    static JsonObject whole(ClientRequest request, List<? extends ReplyEvent> events) {
        return Json.object(written(request.whole(HEAD), events));
    }

    /** The events of a stream, checked for what all streams have in common. */
    static List<JsonObject> stream(ClientRequest request, List<? extends ReplyEvent> events) {
        return frames(new String(written(request.stream(HEAD), events), StandardCharsets.UTF_8));
    }

    static List<JsonObject> frames(String stream) {
        List<JsonObject> frames = new ArrayList<>();
        for (String frame : stream.split("\n\n")) {
            String[] lines = frame.split("\n");
            Assertions.assertThat(lines).hasSize(2);
            JsonObject data = Json.object(lines[1].substring("data: ".length()));
            Assertions.assertThat(lines[0]).isEqualTo("event: " + data.getString("type"));
            Assertions.assertThat(data.getInt("sequence_number")).isEqualTo(frames.size());
            frames.add(data);
        }
        return frames;
    }

    static List<String> types(List<JsonObject> frames) {
        return frames.stream().map(frame -> frame.getString("type").replaceFirst("response\\.", "")).toList();
    }

    static List<JsonObject> output(JsonObject response) {
        return response.getJsonArray("output").getValuesAs(JsonObject.class);
    }

    private static byte[] written(ReplyWriter writer, List<? extends ReplyEvent> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (ReplyEvent event : events) {
                writer.write(event, out);
            }
            writer.end(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
