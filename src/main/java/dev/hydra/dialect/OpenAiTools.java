package dev.hydra.dialect;

import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.ToolChoice.Mode;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tools}, the older {@code functions}, and the choice among them (spec mapping §1.3). Hosted tools are taken in Gemini's own
 * form, as typed entries, and as functions with a Gemini field's name. A tool that nobody here can run is left out and listed, because a
 * client sends all its tools with every request and can do without some.
 */
public final class OpenAiTools {
    /** The one argument that a custom tool's free text travels in. */
    public static final String CUSTOM_INPUT = "input";

    private static final Map<String, Tool.Kind> HOSTED = Map.ofEntries(Map.entry("googleSearch", Tool.Kind.WEB_SEARCH),
            Map.entry("googleSearchRetrieval", Tool.Kind.WEB_SEARCH), Map.entry("webSearch", Tool.Kind.WEB_SEARCH),
            Map.entry("webSearchPreview", Tool.Kind.WEB_SEARCH), Map.entry("urlContext", Tool.Kind.URL_CONTEXT),
            Map.entry("webFetch", Tool.Kind.URL_CONTEXT), Map.entry("codeExecution", Tool.Kind.CODE_EXECUTION),
            Map.entry("codeInterpreter", Tool.Kind.CODE_EXECUTION), Map.entry("googleMaps", Tool.Kind.MAPS),
            Map.entry("fileSearch", Tool.Kind.FILE_SEARCH), Map.entry("computerUse", Tool.Kind.COMPUTER_USE));
    /**
     * Names by which a function stands for a hosted tool; exactly Gemini's spelling, so that a client's own function is not taken for one.
     */
    private static final Set<String> HOSTED_FUNCTIONS = Set.of("googleSearch", "urlContext", "codeExecution");
    private static final List<String> CHOICES = List.of("auto", "none", "required", "validated", "or an object that names a tool");

    private final Ignored ignored;
    private final boolean strictByDefault;
    private final List<Tool> tools = new ArrayList<>();
    private final Set<Tool.Kind> hosted = EnumSet.noneOf(Tool.Kind.class);

    /** @param strictByDefault whether a function's schema is to be kept exactly when the client does not say */
    public OpenAiTools(Ignored ignored, boolean strictByDefault) {
        this.ignored = ignored;
        this.strictByDefault = strictByDefault;
    }

    /** What was read so far; each hosted tool once. */
    public List<Tool> tools() {
        return tools;
    }

    /** Reads {@code tools[]}. */
    public void readTools(Field list) {
        list.items().forEach(item -> readTool(item, ""));
    }

    /** Reads one entry of {@code tools[]}. @param space goes before the names of functions and custom tools; may be empty */
    public void readTool(Field item, String space) {
        item.object();
        String type = item.get("type").textOr("");
        if (item.get("function").present()) {
            readFunction(item.get("function"), space);
        } else if (type.equals("function")) {
            readFunction(item, space);
        } else if (type.equals("custom")) {
            readCustom(item.get("custom").or(item), space);
        } else if (!readHosted(item, type)) {
            ignored.add(item.path());
        }
    }

    /** Reads {@code functions[]}, the form before {@code tools}. */
    public void readFunctions(Field list) {
        list.items().forEach(item -> readFunction(item, ""));
    }

    /** {@code web_search_options} asks for web search by its mere presence. */
    public void readWebSearch(Field options) {
        if (!options.present()) {
            return;
        }
        options.object();
        addHosted(Tool.Kind.WEB_SEARCH, JsonValue.EMPTY_JSON_OBJECT);
        options.names().forEach(name -> ignored.addIfSaid(options.get(name).path(), options.get(name).value()));
    }

    private void readFunction(Field function, String space) {
        Field name = function.member("name");
        JsonObject parameters = function.get("parameters").objectOrEmpty();
        if (HOSTED_FUNCTIONS.contains(name.text()) && !(parameters.get("properties") instanceof JsonObject some && !some.isEmpty())) {
            addHosted(HOSTED.get(name.text()), JsonValue.EMPTY_JSON_OBJECT);
            return;
        }
        boolean strict = function.get("strict").booleanOr(strictByDefault);
        tools.add(new Tool.Function(space + named(name), function.get("description").textOr(""), parameters, strict));
    }

    private void readCustom(Field custom, String space) {
        String name = space + named(custom.member("name"));
        tools.add(new Tool.Custom(name, custom.get("description").textOr(""), custom.get("format").objectOrEmpty()));
    }

    /** The text inside {@code {"input": …}}; the JSON itself when the model wrote something else. @param json a custom tool's arguments */
    public static String customInput(String json) {
        try {
            return Json.object(json).get(CUSTOM_INPUT) instanceof JsonString input ? input.getString() : json;
        } catch (JsonException broken) {
            return json;
        }
    }

    private static String named(Field name) {
        if (name.text().isEmpty()) {
            throw name.invalid("must not be empty");
        }
        return name.text();
    }

    /** {@code {"google_search":{}}} or {@code {"type":"google_search",…}}. @return whether it was any hosted tool */
    private boolean readHosted(Field item, String type) {
        if (!type.isEmpty()) {
            Tool.Kind kind = kind(type);
            if (kind == null) {
                return false;
            }
            JsonObject config = CamelCase.fields(item.get(type).objectOrEmpty());
            item.names().stream().filter(name -> !name.equals("type") && !name.equals(type))
                    .forEach(name -> ignored.addIfSaid(item.get(name).path(), item.get(name).value()));
            addHosted(kind, config);
            return true;
        }
        boolean any = false;
        for (String name : item.names()) {
            Tool.Kind kind = kind(name);
            if (kind != null) {
                addHosted(kind, CamelCase.fields(item.get(name).objectOrEmpty()));
                any = true;
            } else if (CamelCase.name(name).equals("functionDeclarations")) {
                readFunctions(item.get(name));
                any = true;
            } else if (any) {
                ignored.add(item.get(name).path());
            }
        }
        return any;
    }

    /** The hosted tool of that name; null when there is none. Dates at the end ({@code web_search_2025_08_26}) are versions. */
    private static Tool.@Nullable Kind kind(String type) {
        int end = type.length();
        while (end > 0 && (Character.isDigit(type.charAt(end - 1)) || type.charAt(end - 1) == '_' || type.charAt(end - 1) == '-')) {
            end--;
        }
        return HOSTED.get(CamelCase.name(type.substring(0, end)));
    }

    /** Each kind once; the first one's settings hold. */
    private void addHosted(Tool.Kind kind, JsonObject config) {
        if (hosted.add(kind)) {
            tools.add(new Tool.Hosted(kind, config));
        }
    }

    /** The choice among the tools read so far. @param choice {@code tool_choice} @param legacy {@code function_call} */
    public ToolChoice choice(Field choice, Field legacy) {
        if (tools.isEmpty()) {
            return ToolChoice.UNSET;
        }
        if (!choice.present() && legacy.isObject()) {
            return new ToolChoice(Mode.REQUIRED, List.of(named(legacy.get("name"))));
        }
        Field said = choice.or(legacy);
        if (!said.present()) {
            return ToolChoice.UNSET;
        }
        return said.isObject() ? named(said, said.get("type").textOr("function")) : free(said, said.text());
    }

    private static ToolChoice free(Field said, String word) {
        Mode mode = switch (word) {
            case "auto" -> Mode.AUTO;
            case "none" -> Mode.NONE;
            case "required", "any" -> Mode.REQUIRED;
            case "validated" -> Mode.VALIDATED;
            default -> throw said.unknown(CHOICES);
        };
        return new ToolChoice(mode, List.of());
    }

    private ToolChoice named(Field said, String type) {
        return switch (type) {
            case "function", "custom", "tool" -> new ToolChoice(Mode.REQUIRED, List.of(named(said.get(type).or(said).member("name"))));
            case "allowed_tools" -> allowed(said.get("allowed_tools").or(said));
            case "auto", "none", "required", "any", "validated" -> free(said.get("type"), type);
            default -> {
                if (kind(type) == null) {
                    throw said.get("type").unknown(List.of("function", "custom", "allowed_tools"));
                }
                ignored.add(said.path());
                yield ToolChoice.UNSET;
            }
        };
    }

    private ToolChoice allowed(Field allowed) {
        List<String> names = new ArrayList<>();
        for (Field tool : allowed.get("tools").items()) {
            Field name = tool.member("function").or(tool.get("custom")).or(tool).get("name");
            if (name.present()) {
                names.add(named(name));
            } else {
                ignored.add(tool.path());
            }
        }
        String mode = allowed.get("mode").textOr("auto");
        return new ToolChoice(free(allowed.get("mode"), mode).mode(), List.copyOf(names));
    }
}
