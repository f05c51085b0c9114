package dev.hydra.dialect;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tools and the choice among them as OpenAI's formats declare them to a provider: nested under their type in chat, flat in Responses. */
public final class OpenAiDeclaration {
    private static final JsonObject NONE = Json.object("{\"type\":\"object\",\"properties\":{}}");

    private final FunctionNames names;
    private final boolean nested;

    /** @param nested chat's form, in which a tool's fields stand under its type */
    public OpenAiDeclaration(FunctionNames names, boolean nested) {
        this.names = names;
        this.nested = nested;
    }

    /** The members {@code tools} and {@code tool_choice}; nothing when there are no tools. @param ignored gets the tools that cannot be declared */
    public void write(JsonOutput json, Conversation conversation, List<String> ignored) throws IOException {
        List<Tool> declared = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Hosted hosted && (nested || hostedType(hosted.kind()).isEmpty())) {
                ignored.add("tools." + hosted.kind().name().toLowerCase(Locale.ROOT));
            } else {
                declared.add(tool);
            }
        }
        if (declared.isEmpty()) {
            return;
        }
        json.name("tools").beginArray();
        for (Tool tool : declared) {
            tool(json, tool);
        }
        json.endArray();
        choice(json, conversation);
        if (!conversation.options().parallelCalls()) {
            json.name("parallel_tool_calls").value(JsonValue.FALSE);
        }
    }

    private static Optional<String> hostedType(Tool.Kind kind) {
        return switch (kind) {
            case WEB_SEARCH -> Optional.of("web_search");
            case CODE_EXECUTION -> Optional.of("code_interpreter");
            case URL_CONTEXT, MAPS, FILE_SEARCH, COMPUTER_USE -> Optional.empty();
        };
    }

    private void tool(JsonOutput json, Tool tool) throws IOException {
        json.beginObject().name("type");
        switch (tool) {
            case Tool.Function function -> {
                open(json, "function");
                described(json, function.name(), function.description());
                json.name("parameters").value(parameters(function.parameters()));
                json.name("strict").value(function.strict() ? JsonValue.TRUE : JsonValue.FALSE);
                close(json);
            }
            case Tool.Custom custom -> {
                open(json, "custom");
                described(json, custom.name(), custom.description());
                if (!custom.format().isEmpty()) {
                    json.name("format").value(custom.format());
                }
                close(json);
            }
            case Tool.Hosted hosted -> {
                json.value(hostedType(hosted.kind()).orElseThrow());
                if (hosted.kind() == Tool.Kind.CODE_EXECUTION) {
                    json.name("container").beginObject().name("type").value("auto").endObject();
                }
            }
        }
        json.endObject();
    }

    private void open(JsonOutput json, String type) throws IOException {
        json.value(type);
        if (nested) {
            json.name(type).beginObject();
        }
    }

    private void close(JsonOutput json) throws IOException {
        if (nested) {
            json.endObject();
        }
    }

    private void described(JsonOutput json, String name, String description) throws IOException {
        json.name("name").value(names.written(name));
        if (!description.isEmpty()) {
            json.name("description").value(description);
        }
    }

    private static JsonObject parameters(JsonObject schema) {
        return schema.isEmpty() ? NONE : schema;
    }

    private void choice(JsonOutput json, Conversation conversation) throws IOException {
        ToolChoice choice = conversation.toolChoice();
        String mode = switch (choice.mode()) {
            case UNSET -> "";
            case AUTO, VALIDATED -> "auto";
            case NONE -> "none";
            case REQUIRED -> "required";
        };
        if (mode.isEmpty()) {
            return;
        }
        json.name("tool_choice");
        if (choice.allowed().isEmpty() || mode.equals("none")) {
            json.value(mode);
            return;
        }
        json.beginObject().name("type");
        if (mode.equals("required") && choice.allowed().size() == 1) {
            named(json, choice.allowed().getFirst(), conversation.tools());
        } else {
            open(json, "allowed_tools");
            json.name("mode").value(mode).name("tools").beginArray();
            for (String name : choice.allowed()) {
                json.beginObject().name("type");
                named(json, name, conversation.tools());
                json.endObject();
            }
            json.endArray();
            close(json);
        }
        json.endObject();
    }

    private void named(JsonOutput json, String name, List<Tool> tools) throws IOException {
        boolean custom = tools.stream().anyMatch(tool -> tool instanceof Tool.Custom known && known.name().equals(name));
        open(json, custom ? "custom" : "function");
        json.name("name").value(names.written(name));
        close(json);
    }

    /** The text of a tool's result; media are not in it. A failure is told in words, since the format has no other place for it. */
    public static String resultText(Part.ToolResult result) {
        StringBuilder text = new StringBuilder(result.error() ? "Error: " : "");
        boolean first = true;
        for (Part part : result.content()) {
            if (part instanceof Part.Text(var piece, var seal)) {
                text.append(first ? "" : "\n").append(piece);
                first = false;
            }
        }
        return text.toString();
    }
}
