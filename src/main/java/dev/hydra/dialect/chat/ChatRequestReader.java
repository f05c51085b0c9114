package dev.hydra.dialect.chat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Tool;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.OpenAiTools;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one chat request, field by field in the order in which an error would help the client most: what was said, tools, options. */
final class ChatRequestReader {
    private final Field body;
    private final Ignored ignored = new Ignored();

    ChatRequestReader(JsonObject body) {
        this.body = Field.root(body);
    }

    ChatRequest read() {
        if (body.get("extra_body").present()) {
            body.get("extra_body").object();
        }
        ChatMessages messages = new ChatMessages(ignored);
        messages.read(body.get("messages"));
        ChatOptions options = new ChatOptions(body, ignored);
        OpenAiTools tools = tools(options);
        Options read = options.read();
        ReplyWishes wishes = wishes(options, tools.tools());
        Conversation conversation = new Conversation(List.copyOf(messages.system()), List.copyOf(messages.turns()),
                List.copyOf(tools.tools()), tools.choice(body.get("tool_choice"), body.get("function_call")), read);
        return new ChatRequest(conversation, ignored.paths(), wishes);
    }

    private OpenAiTools tools(ChatOptions options) {
        OpenAiTools tools = new OpenAiTools(ignored, false);
        tools.readTools(body.get("tools"));
        tools.readFunctions(body.get("functions"));
        tools.readTools(options.googleTools());
        tools.readWebSearch(options.find("web_search_options"));
        for (Field plugin : options.find("plugins").items()) {
            if (plugin.get("id").textIfAny().equals("web")) {
                tools.readWebSearch(Field.at(plugin.path(), JsonValue.EMPTY_JSON_OBJECT));
            } else {
                ignored.add(plugin.path());
            }
        }
        return tools;
    }

    /** The wishes of a client whose request was not in this format. */
    static ReplyWishes plainWishes(Field body, Conversation conversation) {
        boolean usage = body.get("stream_options").member("include_usage").booleanOr(false);
        return new ReplyWishes(usage, conversation.options().thinking().show().orElse(true), false, false, custom(conversation.tools()));
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

    private ReplyWishes wishes(ChatOptions options, List<Tool> tools) {
        Field format = options.find("audio").get("format");
        String audio = format.textOr("");
        if (!Set.of("", "wav", "pcm16").contains(audio)) {
            // Gemini speaks in bare samples; a WAV header is all that can be added to them here.
            ignored.add(format.path());
        }
        boolean legacy = body.get("functions").present() && !body.get("tools").present();
        return new ReplyWishes(body.get("stream_options").member("include_usage").booleanOr(false), options.showsThoughts(), legacy,
                audio.equals("pcm16"), custom(tools));
    }
}
