package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** Reads one request, field by field in the order in which an error would help the client most: what was said, tools, options. */
final class MessagesRequestReader {
    private final Field body;
    private final Ignored ignored = new Ignored();

    MessagesRequestReader(JsonObject body) {
        this.body = Field.root(body);
    }

    MessagesRequest read() {
        refuseThread();
        MessagesHistory history = new MessagesHistory(ignored);
        history.read(body.get("system"), body.get("messages"));
        MessagesTools tools = new MessagesTools(ignored);
        tools.read(body.get("tools"));
        MessagesOptions options = new MessagesOptions(body, ignored);
        Options read = options.read();
        Conversation conversation = new Conversation(List.copyOf(history.system()), List.copyOf(history.turns()),
                List.copyOf(tools.tools()), tools.choice(body.get("tool_choice")), read);
        return new MessagesRequest(conversation, ignored.paths(), new ReplyWishes(options.thinks(), options.showsThoughts()));
    }

    /** A thread's next request holds no history; ignoring the field would lose the conversation (spec clients §2.2). */
    private void refuseThread() {
        Field thread = body.get(MessagesError.THREAD);
        if (thread.present() && thread.value() != JsonValue.FALSE) {
            throw thread.invalid("is not supported: threads are not kept here; send the whole conversation in 'messages'");
        }
    }
}
