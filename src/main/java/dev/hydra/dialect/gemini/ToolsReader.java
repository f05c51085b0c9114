package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code tools} and {@code toolConfig} of a client. */
final class ToolsReader {
    private final Ignored ignored;
    private final List<Tool> tools = new ArrayList<>();

    ToolsReader(Ignored ignored) {
        this.ignored = ignored;
    }

    List<Tool> tools() {
        return List.copyOf(tools);
    }

    void read(Field list) {
        for (Field tool : ContentRequestReader.list(list)) {
            for (String name : tool.object().keySet()) {
                if (name.equals("functionDeclarations")) {
                    ContentRequestReader.list(tool.get(name)).forEach(this::function);
                } else {
                    hosted(name).ifPresentOrElse(kind -> tools.add(new Tool.Hosted(kind, tool.get(name).objectOrEmpty())),
                            () -> ignored.add(tool.get(name).path()));
                }
            }
        }
    }

    private void function(Field declaration) {
        Field schema = declaration.member("parametersJsonSchema");
        JsonObject parameters = schema.present() ? schema.object() : SchemaText.jsonSchema(declaration.get("parameters").objectOrEmpty());
        tools.add(new Tool.Function(declaration.get("name").text(), declaration.get("description").textOr(""), parameters, false));
    }

    private static Optional<Tool.Kind> hosted(String name) {
        return switch (name) {
            case "googleSearch", "googleSearchRetrieval" -> Optional.of(Tool.Kind.WEB_SEARCH);
            case "urlContext" -> Optional.of(Tool.Kind.URL_CONTEXT);
            case "codeExecution" -> Optional.of(Tool.Kind.CODE_EXECUTION);
            case "googleMaps" -> Optional.of(Tool.Kind.MAPS);
            case "fileSearch" -> Optional.of(Tool.Kind.FILE_SEARCH);
            case "computerUse" -> Optional.of(Tool.Kind.COMPUTER_USE);
            default -> Optional.empty();
        };
    }

    ToolChoice choice(Field config) {
        Field calling = config.member("functionCallingConfig");
        Field mode = calling.member("mode");
        List<String> allowed = ContentRequestReader.list(calling.get("allowedFunctionNames")).stream().map(Field::text).toList();
        return new ToolChoice(switch (mode.textOr("").toUpperCase(Locale.ROOT)) {
            case "", "MODE_UNSPECIFIED" -> ToolChoice.Mode.UNSET;
            case "AUTO" -> ToolChoice.Mode.AUTO;
            case "ANY" -> ToolChoice.Mode.REQUIRED;
            case "NONE" -> ToolChoice.Mode.NONE;
            case "VALIDATED" -> ToolChoice.Mode.VALIDATED;
            default -> throw mode.unknown(List.of("AUTO", "ANY", "NONE", "VALIDATED"));
        }, allowed);
    }
}
