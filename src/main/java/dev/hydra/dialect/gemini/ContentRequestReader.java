package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.CamelCase;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a client's {@code generateContent} request (spec mapping §9), in camelCase or snake_case. As loose as Google itself: one value where a list belongs, a
 * missing role, several tool objects (§11).
 */
final class ContentRequestReader {
    private static final Set<String> READ = Set.of("contents", "systemInstruction", "tools", "toolConfig", "generationConfig",
            "serviceTier",
            "model", "cachedContent");

    private final Field body;
    private final Ignored ignored;

    ContentRequestReader(JsonObject body, Ignored ignored) {
        this.body = Field.root(CamelCase.fields(body));
        this.ignored = ignored;
    }

    Conversation read() {
        if (body.get("cachedContent").present()) {
            throw body.get("cachedContent").invalid("is a cache of Gemini's, and the model that is asked is another provider's");
        }
        List<Turn> turns = turns();
        List<Part> system = system();
        if (turns.isEmpty() && system.isEmpty()) {
            throw body.get("contents").invalid("is required and must hold at least one content");
        }
        ToolsReader tools = new ToolsReader(ignored);
        tools.read(body.get("tools"));
        for (String name : body.names()) {
            if (!READ.contains(name)) {
                ignored.addIfSaid(name, body.get(name).value());
            }
        }
        return new Conversation(system, turns, tools.tools(), tools.choice(body.get("toolConfig")),
                new OptionsReader(body.get("generationConfig"), ignored).read(body.get("serviceTier").textOr("")));
    }

    private List<Part> system() {
        Field instruction = body.get("systemInstruction");
        if (!instruction.present()) {
            return List.of();
        }
        if (instruction.isText()) {
            return List.of(new Part.Text(instruction.text()));
        }
        return parts(instruction);
    }

    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        for (Field content : list(body.get("contents"))) {
            Turn.Role role = switch (content.member("role").textOr("user")) {
                case "model" -> Turn.Role.MODEL;
                // What results were once said as.
                case "user", "function", "" -> Turn.Role.USER;
                default -> throw content.get("role").unknown(List.of("user", "model"));
            };
            List<Part> parts = parts(content);
            if (!parts.isEmpty()) {
                turns.add(new Turn(role, parts));
            }
        }
        return turns;
    }

    private List<Part> parts(Field content) {
        List<Part> parts = new ArrayList<>();
        for (Field part : list(content.member("parts"))) {
            ContentPart.of(part, ignored).ifPresent(parts::add);
        }
        return parts;
    }

    /** The elements of a list; one value counts as a list of one. */
    static List<Field> list(Field field) {
        return field.present() && !(field.value() instanceof JsonArray) ? List.of(field) : field.items();
    }
}
