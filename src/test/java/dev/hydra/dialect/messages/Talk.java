package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.Written;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Short ways to speak the Messages dialect in tests. JSON may be written with single quotes. */
final class Talk {
    static final ReplyHead HEAD = new ReplyHead("req_1", "claude-alias", Instant.ofEpochSecond(1_790_000_000L));
    static final String THINKING = "'thinking':{'type':'enabled','budget_tokens':2048}";
    private static final MessagesDialect DIALECT = new MessagesDialect();

    private Talk() {
    }

    static ClientRequest request(String json) {
        return DIALECT.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A request of one user message and the given further fields. @param fields may be empty */
    static ClientRequest with(String fields) {
        return request("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}]" + (fields.isEmpty() ? "" : "," + fields)
                + "}");
    }

    static Options options(String fields) {
        return with(fields).conversation().options();
    }

    static Conversation messages(String messages) {
        return request("{'model':'m','messages':[" + messages + "]}").conversation();
    }

    /** The parts of a user message with these blocks. */
    static List<Part> user(String blocks) {
        return parts(messages("{'role':'user','content':[" + blocks + "]}"));
    }

    /** The parts of an assistant's message with these blocks. */
    static List<Part> assistant(String blocks) {
        return parts(messages("{'role':'assistant','content':[" + blocks + "]}"));
    }

    private static List<Part> parts(Conversation conversation) {
        return conversation.turns().stream().map(Turn::parts).findFirst().orElse(List.of());
    }

    static InvalidRequest refusal(String json) {
        return Assertions.catchThrowableOfType(InvalidRequest.class, () -> request(json));
    }

    static InvalidRequest refusalWith(String fields) {
        return Assertions.catchThrowableOfType(InvalidRequest.class, () -> with(fields));
    }

    static JsonObject whole(ClientRequest request, List<? extends ReplyEvent> events) {
        return Json.object(Written.written(request.whole(HEAD), events));
    }

    static String stream(ClientRequest request, List<? extends ReplyEvent> events) {
        return new String(Written.written(request.stream(HEAD), events), StandardCharsets.UTF_8);
    }

    /** The data of a stream's events, each checked to bear its type as its name. */
    static List<JsonObject> events(String stream) {
        List<JsonObject> events = new ArrayList<>();
        for (String frame : stream.split("\n\n")) {
            int line = frame.indexOf('\n');
            JsonObject data = Json.object(frame.substring(line + 1 + "data: ".length()));
            Assertions.assertThat(frame.substring(0, line)).isEqualTo("event: " + data.getString("type"));
            events.add(data);
        }
        return events;
    }
}
