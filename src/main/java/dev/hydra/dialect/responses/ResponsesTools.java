package dev.hydra.dialect.responses;

import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.OpenAiTools;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code tools} (spec mapping §5.1). Tools of a namespace become functions named {@code namespace__name}, and their calls are given back split:
 * Codex answers "unsupported call" to anything else (spec clients §6.1).
 */
final class ResponsesTools {
    /** Search among tools that are declared anyway: all of them are given to the model. */
    private static final Set<String> NEEDLESS = Set.of("tool_search", "programmatic_tool_calling");

    private final Ignored ignored;
    private final OpenAiTools tools;
    private final Map<String, Spaced> spaced = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    ResponsesTools(Ignored ignored) {
        this.ignored = ignored;
        this.tools = new OpenAiTools(ignored, true);
    }

    /** A function of a namespace. */
    record Spaced(String space, String name) {
        /** The one name that the provider knows it by. */
        String flat() {
            return space + "__" + name;
        }
    }

    /** Reads a list of tools. A tool that was read before is not declared twice. */
    void read(Field list) {
        for (Field item : list.items()) {
            item.object();
            String type = item.get("type").textOr("");
            if (type.equals("namespace")) {
                readSpace(item);
            } else if (!NEEDLESS.contains(type) && isNew(item, "")) {
                tools.readTool(item, "");
            }
        }
    }

    private void readSpace(Field space) {
        String name = space.get("name").text();
        for (Field item : space.get("tools").items()) {
            item.object();
            String own = item.get("name").textIfAny();
            if (own.isEmpty()) {
                ignored.add(item.path());
            } else if (isNew(item, name)) {
                Spaced named = new Spaced(name, own);
                spaced.put(named.flat(), named);
                tools.readTool(item, name + "__");
            }
        }
    }

    private boolean isNew(Field item, String space) {
        String name = item.get("name").textIfAny();
        return name.isEmpty() || seen.add(space + '\n' + name);
    }

    List<Tool> tools() {
        return tools.tools();
    }

    ToolChoice choice(Field choice) {
        return tools.choice(choice, choice.get("function_call"));
    }

    /** The namespace of a function that the model calls by its flat name; empty for any other. */
    Map<String, Spaced> spaces() {
        return Map.copyOf(spaced);
    }

    /**
     * The name by which the provider knows an earlier call's function. OpenAI gives a tool that was found by a search a namespace of its own name,
     * although it is declared without one.
     *
     * @param space the call's namespace; may be empty
     */
    String named(String space, String name) {
        if (space.isEmpty()) {
            return name;
        }
        String flat = new Spaced(space, name).flat();
        boolean plain = space.equals(name) || seen.contains('\n' + name);
        return spaced.containsKey(flat) || !plain ? flat : name;
    }
}
