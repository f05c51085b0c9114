package dev.hydra.dialect.messages;

import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.ToolChoice.Mode;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tools} and the choice among them (spec mapping §6.1). A tool that nobody here can run is left out and listed, because a client
 * sends all its tools with every request and can do without some.
 */
final class MessagesTools {
    /** Hosted tools by the beginning of their dated type. */
    private static final Map<String, Tool.Kind> HOSTED = Map.of("web_search", Tool.Kind.WEB_SEARCH, "web_fetch", Tool.Kind.URL_CONTEXT,
            "code_execution", Tool.Kind.CODE_EXECUTION);
    /**
     * Fields that are carried, or that ask for what happens anyway: a deferred tool is declared from the start, caching is the provider's own.
     */
    private static final Set<String> CARRIED = Set.of("type", "name", "description", "input_schema", "strict", "cache_control",
            "eager_input_streaming", "defer_loading");
    private static final List<String> CHOICES = List.of("auto", "any", "tool", "none");

    private final Ignored ignored;
    private final List<Tool> tools = new ArrayList<>();
    private final Set<Tool.Kind> hosted = EnumSet.noneOf(Tool.Kind.class);

    MessagesTools(Ignored ignored) {
        this.ignored = ignored;
    }

    List<Tool> tools() {
        return tools;
    }

    void read(Field list) {
        for (Field item : list.items()) {
            item.object();
            String type = item.get("type").textOr("custom");
            Tool.Kind kind = hosted(type);
            if (type.equals("custom") || type.equals("function")) {
                function(item);
            } else if (kind != null) {
                listOthers(item);
                if (hosted.add(kind)) {
                    tools.add(new Tool.Hosted(kind, JsonValue.EMPTY_JSON_OBJECT));
                }
            } else {
                ClientTools.of(type, item.get("name").textOr("")).ifPresentOrElse(tools::add, () -> ignored.add(item.path()));
            }
        }
    }

    private void function(Field tool) {
        listOthers(tool);
        tools.add(new Tool.Function(named(tool.get("name")), tool.get("description").textOr(""), tool.get("input_schema").objectOrEmpty(),
                tool.get("strict").booleanOr(false)));
    }

    private void listOthers(Field tool) {
        for (String name : tool.names()) {
            if (!CARRIED.contains(name)) {
                ignored.addIfSaid("tools[]." + name, tool.get(name).value());
            }
        }
    }

    private static String named(Field name) {
        if (name.text().isEmpty()) {
            throw name.invalid("must not be empty");
        }
        return name.text();
    }

    private static Tool.@Nullable Kind hosted(String type) {
        int end = type.lastIndexOf('_');
        return end < 0 ? null : HOSTED.get(type.substring(0, end));
    }

    /** The choice among the tools read so far. */
    ToolChoice choice(Field choice) {
        if (!choice.present() || tools.isEmpty()) {
            return ToolChoice.UNSET;
        }
        Field type = choice.member("type");
        return switch (type.text()) {
            case "auto" -> new ToolChoice(Mode.AUTO, List.of());
            case "any" -> new ToolChoice(Mode.REQUIRED, List.of());
            case "none" -> new ToolChoice(Mode.NONE, List.of());
            case "tool" -> chosen(choice);
            default -> throw type.unknown(CHOICES);
        };
    }

    /** No provider can be made to use a hosted tool. */
    private ToolChoice chosen(Field choice) {
        String name = named(choice.get("name"));
        boolean function = tools.stream().anyMatch(tool -> tool instanceof Tool.Function declared && declared.name().equals(name));
        if (!function && HOSTED.containsKey(name)) {
            ignored.add(choice.path());
            return ToolChoice.UNSET;
        }
        return new ToolChoice(Mode.REQUIRED, List.of(name));
    }
}
