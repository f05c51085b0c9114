package dev.hydra.dialect.responses;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Tool;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one request in the order in which an error would help the client most: options that refuse all, what was said before, now, tools. */
final class ResponsesRequestReader {
    private final JsonObject json;
    private final Field body;
    private final Archive archive;
    private final long size;
    private final Ignored ignored = new Ignored();

    /** @param size bytes of the body */
    ResponsesRequestReader(JsonObject body, Archive archive, long size) {
        this.json = body;
        this.body = Field.root(body);
        this.archive = archive;
        this.size = size;
    }

    ResponsesRequest read() {
        ResponsesOptions options = new ResponsesOptions(body, ignored);
        Options read = options.read();
        ResponsesTools tools = new ResponsesTools(ignored);
        tools.read(body.get("tools"));
        EarlierItems earlier = new EarlierItems(archive);
        ResponsesInput input = new ResponsesInput(tools, earlier, ignored);
        Field previous = body.get("previous_response_id");
        earlier.before(previous).forEach(input::read);
        Field said = body.get("input");
        if (said.present() || !previous.present()) {
            input.read(said);
        }
        Conversation conversation = new Conversation(system(input.system()), List.copyOf(input.turns()), List.copyOf(tools.tools()),
                tools.choice(body.get("tool_choice")), read);
        ReplyWishes wishes = new ReplyWishes(options.wantsSummaries(), options.wantsSeals(), options.stores(), custom(tools.tools()),
                tools.spaces(), new Echo(json));
        return new ResponsesRequest(conversation, ignored.paths(), wishes, new ResponsesRequest.Keeping(archive,
                said.present() ? said.value() : JsonValue.EMPTY_JSON_ARRAY, previous.textOr(""), size));
    }

    /** The instructions come before what the input's own leading messages say: Codex counts on that order (spec mapping §5.1). */
    private List<Part> system(List<Part> inInput) {
        List<Part> system = new ArrayList<>();
        String instructions = body.get("instructions").textOr("");
        if (!instructions.isEmpty()) {
            system.add(new Part.Text(instructions));
        }
        system.addAll(inInput);
        return List.copyOf(system);
    }

    private static Set<String> custom(List<Tool> tools) {
        Set<String> custom = new HashSet<>();
        for (Tool tool : tools) {
            if (tool instanceof Tool.Custom named) {
                custom.add(named.name());
            }
        }
        return Set.copyOf(custom);
    }
}
