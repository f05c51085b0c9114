package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code messages} in order. A system message in mid-conversation stays where it is, as a reminder inside the user's words, because moving
 * it up would change what it refers to; one before all else joins the system text.
 */
final class MessagesHistory {
    private static final List<String> ROLES = List.of("user", "assistant", "system");

    private final Ignored ignored;
    private final MessagesContent content;
    private final Map<String, String> names = new HashMap<>();
    private final List<Part> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private boolean begun;

    MessagesHistory(Ignored ignored) {
        this.ignored = ignored;
        this.content = new MessagesContent(ignored);
    }

    void read(Field systemText, Field messages) {
        system.addAll(content.system(systemText));
        if (!messages.isArray() || messages.items().isEmpty()) {
            throw messages.isArray() ? messages.invalid("must hold at least one message") : messages.wrong("an array of messages");
        }
        messages.items().forEach(this::readOne);
    }

    List<Part> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    private void readOne(Field message) {
        message.object();
        Field said = message.get("content");
        if (!said.present()) {
            throw said.wrong("a string or an array of content blocks");
        }
        Field role = message.get("role");
        switch (role.text()) {
            case "user" -> add(Turn.Role.USER, user(said));
            case "assistant" -> add(Turn.Role.MODEL, new AssistantBlocks(ignored, content, names).read(said));
            case "system" -> readSystem(content.system(said));
            default -> throw role.unknown(ROLES);
        }
    }

    private void add(Turn.Role role, List<Part> parts) {
        begun = true;
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }

    private void readSystem(List<Part> parts) {
        if (begun) {
            add(Turn.Role.USER, MessagesContent.reminders(parts));
        } else {
            system.addAll(parts);
        }
    }

    private List<Part> user(Field said) {
        if (said.isText()) {
            return content.parts(said);
        }
        List<Part> parts = new ArrayList<>();
        for (Field block : MessagesContent.blocks(said)) {
            if (block.get("type").textIfAny().equals("tool_result")) {
                parts.add(result(block));
            } else {
                content.read(block, parts);
            }
        }
        return parts;
    }

    /** The name that is empty says that no such call is known. */
    private Part.ToolResult result(Field block) {
        String id = ToolIds.read(block.get("tool_use_id").text());
        return new Part.ToolResult(id, names.getOrDefault(id, ""), content.parts(block.get("content")),
                block.get("is_error").booleanOr(false));
    }
}
