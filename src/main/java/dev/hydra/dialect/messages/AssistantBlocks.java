package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.CodeFence;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one message of the assistant: what it thought, said, made and called. Seals that travelled in front of a part go back onto it. What a
 * hosted tool of Anthropic's found is told as text, since no other provider takes such blocks.
 */
final class AssistantBlocks {
    /** Hosted tools whose call says nothing that the result does not say. */
    private static final Set<String> CODE = Set.of("code_execution", "bash_code_execution");

    private final Ignored ignored;
    private final MessagesContent content;
    private final Map<String, String> names;
    private final List<Part> parts = new ArrayList<>();
    private Seal nextText = Seal.NONE;
    private Seal nextCall = Seal.NONE;

    /** @param names gets the name of each call by its id; a later call with the same id wins */
    AssistantBlocks(Ignored ignored, MessagesContent content, Map<String, String> names) {
        this.ignored = ignored;
        this.content = content;
        this.names = names;
    }

    List<Part> read(Field message) {
        if (message.isText()) {
            said(message.text());
        } else if (message.present()) {
            MessagesContent.blocks(message).forEach(this::block);
        }
        return parts;
    }

    private void block(Field block) {
        Field type = block.get("type");
        switch (type.text()) {
            case "text" -> said(block.get("text").text());
            case "thinking" -> thought(block.get("thinking").textOr(""), Carrier.read(block.get("signature").textOr("")));
            case "redacted_thinking" -> parts.add(new Part.Foreign(MessagesDialect.ID, block.object()));
            case "tool_use" -> call(block);
            case "server_tool_use", "mcp_tool_use" -> hosted(block);
            case "compaction" -> said(block.get("content").textOr(""));
            case "image", "document", "search_result" -> content.read(block, parts);
            case String result when result.endsWith("_tool_result") -> found(result, block.get("content"));
            // The next kind of block that Anthropic invents must not end the conversations that hold one.
            default -> ignored.add("messages[].content[]." + type.text());
        }
    }

    private void said(String text) {
        for (Part part : MadeMedia.read(text)) {
            parts.add(part instanceof Part.Text plain ? new Part.Text(plain.text(), nextText) : part);
            nextText = Seal.NONE;
        }
    }

    private void thought(String text, Carrier carrier) {
        switch (carrier.place()) {
            case TEXT -> nextText = carrier.seal();
            case CALL -> nextCall = carrier.seal();
            case PART -> part(carrier.seal());
            case THOUGHT -> {
            }
        }
        boolean own = carrier.place() == Carrier.Place.THOUGHT;
        if (!text.isEmpty() || own && carrier.seal().isPresent()) {
            parts.add(new Part.Thought(text, own ? carrier.seal() : Seal.NONE));
        }
    }

    private void part(Seal carried) {
        try {
            String json = new String(Base64.getUrlDecoder().decode(carried.value()), StandardCharsets.UTF_8);
            parts.add(new Part.Foreign(carried.origin(), Json.object(json)));
        } catch (IllegalArgumentException | JsonException broken) {
            ignored.add("messages[].content[].signature");
        }
    }

    private void call(Field block) {
        String id = ToolIds.read(block.get("id").textOr(""));
        String name = block.get("name").text();
        if (name.isEmpty()) {
            throw block.get("name").invalid("must not be empty");
        }
        names.put(id, name);
        parts.add(new Part.ToolCall(id, name, block.get("input").objectOrEmpty(), nextCall));
        nextCall = Seal.NONE;
    }

    private void hosted(Field block) {
        Field input = block.get("input");
        String code = input.get("code").or(input.get("command")).textIfAny();
        if (CODE.contains(block.get("name").textIfAny()) && !code.isEmpty()) {
            String language = block.get("name").textIfAny().startsWith("bash") ? "BASH" : "PYTHON";
            fence(Json.objectBuilder().add("executableCode", Json.objectBuilder().add("language", language).add("code", code)).build());
        }
    }

    private void fence(JsonObject part) {
        said(CodeFence.of(part));
    }

    private void found(String type, Field result) {
        int before = parts.size();
        switch (type) {
            case "web_search_tool_result" -> links(result);
            case "web_fetch_tool_result" -> fetched(result);
            case "code_execution_tool_result", "bash_code_execution_tool_result" ->
                fence(Json.objectBuilder().add("codeExecutionResult", Json.objectBuilder().add("output",
                        result.get("stdout").textIfAny() + result.get("stderr").textIfAny())).build());
            default -> texts(result);
        }
        if (parts.size() == before) {
            ignored.add("messages[].content[]." + type);
        }
    }

    private void links(Field results) {
        StringBuilder list = new StringBuilder();
        for (Field item : results.isArray() ? results.items() : List.<Field>of()) {
            list.append("- ").append(item.get("title").textIfAny()).append(" (").append(item.get("url").textIfAny()).append(")\n");
        }
        said(list.isEmpty() ? "" : "Search results:\n" + list);
    }

    private void fetched(Field result) {
        said(result.get("url").textIfAny());
        if (result.get("content").get("source").isObject()) {
            content.source(result.get("content").get("source"), "", parts);
        }
    }

    private void texts(Field result) {
        said(result.isText() ? result.text() : result.get("text").textIfAny());
        for (Field item : result.isArray() ? result.items() : List.<Field>of()) {
            said(item.get("text").textIfAny());
        }
    }
}
