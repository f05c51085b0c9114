package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes {@code tools} and {@code tool_choice} for Anthropic. */
final class ToolFields {
    private final Conversation conversation;
    private final FunctionNames names;
    private final Set<String> ignored;

    ToolFields(Conversation conversation, FunctionNames names, Set<String> ignored) {
        this.conversation = conversation;
        this.names = names;
        this.ignored = ignored;
    }

    void write(JsonGenerator out) {
        List<Tool> tools = conversation.tools().stream().filter(this::isKnown).filter(this::isAllowed).toList();
        if (tools.isEmpty()) {
            return;
        }
        out.writeStartArray("tools");
        for (Tool tool : tools) {
            switch (tool) {
                case Tool.Function function -> function(out, function);
                case Tool.Custom custom -> custom(out, custom);
                case Tool.Hosted hosted -> hosted(out, hosted);
            }
        }
        out.writeEnd();
        choice(out);
    }

    private boolean isKnown(Tool tool) {
        boolean known = !(tool instanceof Tool.Hosted(var kind, var config)) || switch (kind) {
            case WEB_SEARCH, URL_CONTEXT, CODE_EXECUTION -> true;
            case MAPS, FILE_SEARCH, COMPUTER_USE -> false;
        };
        if (!known) {
            ignored.add("tools." + ((Tool.Hosted) tool).kind().name().toLowerCase(Locale.ROOT));
        }
        return known;
    }

    /** Anthropic's choice names one tool at most: of several allowed ones the others are left out. */
    private boolean isAllowed(Tool tool) {
        List<String> allowed = conversation.toolChoice().allowed();
        return switch (tool) {
            case Tool.Function function -> allowed.isEmpty() || allowed.contains(function.name());
            case Tool.Custom custom -> allowed.isEmpty() || allowed.contains(custom.name());
            case Tool.Hosted hosted -> true;
        };
    }

    private void function(JsonGenerator out, Tool.Function function) {
        JsonObject schema = function.parameters();
        JsonObject typed = schema.containsKey("type") ? schema : Json.objectBuilder(schema).add("type", "object").build();
        declaration(out, function.name(), function.description(), typed);
        out.writeEnd();
    }

    private void custom(JsonGenerator out, Tool.Custom custom) {
        JsonObject schema = Json.objectBuilder().add("type", "object")
                .add("properties", Json.objectBuilder().add("input",
                        Json.objectBuilder().add("type", "string").add("description", "The tool's whole input as plain text.")))
                .add("required", Json.arrayBuilder().add("input")).build();
        String format = custom.format().isEmpty() ? "" : "\n\nThe input must follow this format: " + custom.format();
        declaration(out, custom.name(), custom.description() + format, schema);
        out.writeEnd();
    }

    private void declaration(JsonGenerator out, String name, String description, JsonObject schema) {
        out.writeStartObject().write("name", names.written(name));
        if (!description.isBlank()) {
            out.write("description", description);
        }
        out.write("input_schema", (JsonValue) schema);
    }

    private static void hosted(JsonGenerator out, Tool.Hosted hosted) {
        out.writeStartObject();
        switch (hosted.kind()) {
            case WEB_SEARCH -> out.write("type", "web_search_20250305").write("name", "web_search");
            case URL_CONTEXT -> out.write("type", "web_fetch_20250910").write("name", "web_fetch");
            case CODE_EXECUTION -> out.write("type", "code_execution_20250825").write("name", "code_execution");
            case MAPS, FILE_SEARCH, COMPUTER_USE -> throw new IllegalStateException("was left out");
        }
        out.writeEnd();
    }

    private void choice(JsonGenerator out) {
        ToolChoice choice = conversation.toolChoice();
        boolean oneAtATime = !conversation.options().parallelCalls();
        String type = switch (choice.mode()) {
            case UNSET -> oneAtATime ? "auto" : "";
            case AUTO, VALIDATED -> "auto";
            case NONE -> "none";
            case REQUIRED -> choice.allowed().size() == 1 ? "tool" : "any";
        };
        if (type.isEmpty()) {
            return;
        }
        out.writeStartObject("tool_choice").write("type", type);
        if (type.equals("tool")) {
            out.write("name", names.written(chosen(choice.allowed().getFirst())));
        }
        if (oneAtATime && !type.equals("none")) {
            out.write("disable_parallel_tool_use", true);
        }
        out.writeEnd();
    }

    private String chosen(String name) {
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Function function && function.name().equals(name)
                    || tool instanceof Tool.Custom custom && custom.name().equals(name)) {
                return name;
            }
        }
        throw new InvalidRequest("tool_choice", "tool_choice names no function of tools: " + name);
    }
}
