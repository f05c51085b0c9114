package dev.hydra.dialect.chat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
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

/** Short ways to speak the chat dialect in tests. JSON may be written with single quotes. */
final class Chats {
    static final ReplyHead HEAD = new ReplyHead("req-1", "gpt-alias", Instant.ofEpochSecond(1_790_000_000L));
    private static final ChatDialect DIALECT = new ChatDialect();

    private Chats() {
    }

    static ClientRequest request(String json) {
        return DIALECT.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** A request of one user message and the given further fields. @param fields e.g. {@code 'n':2}; may be empty */
    static ClientRequest with(String fields) {
        return request("{'model':'m','messages':[{'role':'user','content':'hi'}]" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    static Options options(String fields) {
        return with(fields).conversation().options();
    }

    static Conversation messages(String messages) {
        return request("{'model':'m','messages':[" + messages + "]}").conversation();
    }

    /** The parts of the only message. */
    static List<Part> parts(String message) {
        return messages(message).turns().getFirst().parts();
    }

    /** The parts of a user message with these content parts. */
    static List<Part> content(String parts) {
        return parts("{'role':'user','content':[" + parts + "]}");
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

    /** The chunks of a stream, its end mark left out. */
    static List<JsonObject> chunks(ClientRequest request, List<? extends ReplyEvent> events) {
        List<JsonObject> chunks = new ArrayList<>();
        for (String frame : stream(request, events).split("\n\n")) {
            Assertions.assertThat(frame).startsWith("data: ");
            if (!frame.equals("data: [DONE]")) {
                chunks.add(Json.object(frame.substring("data: ".length())));
            }
        }
        return chunks;
    }
}
