package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code tools} and {@code toolConfig} (spec mapping §1.3): all functions in one tool object, each hosted tool in its own.
 *
 * @param functions whether any function is declared
 * @param hosted    whether any hosted tool is there
 */
record ToolSection(JsonArray tools, JsonObject config, boolean functions, boolean hosted) {
    private static final JsonObject NO_PARAMETERS = Json.objectBuilder().add("type", "object")
            .add("properties", JsonValue.EMPTY_JSON_OBJECT).build();

    static ToolSection of(Conversation conversation, ModelFamily family, FunctionNames names, Set<String> ignored) {
        List<Tool> functions = declared(conversation, family);
        JsonArrayBuilder tools = Json.arrayBuilder();
        boolean hosted = false;
        boolean searching = false;
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Hosted(var kind, var settings)) {
                if (!functions.isEmpty() && !family.isNewest() && kind != Tool.Kind.CODE_EXECUTION) {
                    // before Gemini 3 both together are a 400: the functions win
                    ignored.add("tools." + kind.name().toLowerCase(Locale.ROOT));
                } else {
                    tools.add(Json.objectBuilder().add(field(kind), known(kind, settings, ignored)));
                    hosted = true;
                    searching |= kind != Tool.Kind.CODE_EXECUTION && kind != Tool.Kind.COMPUTER_USE;
                }
            }
        }
        if (!functions.isEmpty()) {
            JsonArrayBuilder declarations = Json.arrayBuilder();
            functions.forEach(tool -> declarations.add(declaration(tool, family, names)));
            tools.add(Json.objectBuilder().add("functionDeclarations", declarations));
        }
        JsonObjectBuilder config = Json.objectBuilder();
        if (!functions.isEmpty()) {
            boolean combined = searching || !(conversation.options().format() instanceof Format.Plain);
            JsonObject calling = calling(conversation, functions, family, names, combined, ignored);
            if (!calling.isEmpty()) {
                config.add("functionCallingConfig", calling);
            }
            if (searching) {
                config.add("includeServerSideToolInvocations", true);
            }
        }
        return new ToolSection(tools.build(), config.build(), !functions.isEmpty(), hosted);
    }

    /** Nothing at all: the tools belong to a cached content. */
    static ToolSection none() {
        return new ToolSection(JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT, false, false);
    }

    private static List<Tool> declared(Conversation conversation, ModelFamily family) {
        ToolChoice choice = conversation.toolChoice();
        // VALIDATED, which takes a list of allowed names, came with 2.5: older models are given the allowed functions alone.
        boolean filter = family.isOld() && !choice.allowed().isEmpty() && mode(choice) == ToolChoice.Mode.AUTO;
        return conversation.tools().stream().filter(tool -> !(tool instanceof Tool.Hosted))
                .filter(tool -> !filter || choice.allowed().contains(name(tool))).toList();
    }

    private static ToolChoice.Mode mode(ToolChoice choice) {
        return choice.mode() == ToolChoice.Mode.UNSET ? ToolChoice.Mode.AUTO : choice.mode();
    }

    private static String name(Tool tool) {
        return switch (tool) {
            case Tool.Function function -> function.name();
            case Tool.Custom custom -> custom.name();
            case Tool.Hosted hosted -> "";
        };
    }

    /** What the Gemini API takes of a hosted tool's settings: any other field would be a 400 for the whole request (spec mapping §0.2). */
    private static JsonObject known(Tool.Kind kind, JsonObject settings, Set<String> ignored) {
        Set<String> taken = switch (kind) {
            case WEB_SEARCH -> Set.of("timeRangeFilter", "searchTypes");
            case FILE_SEARCH -> Set.of("fileSearchStoreNames", "topK", "metadataFilter");
            case MAPS -> Set.of("enableWidget");
            case COMPUTER_USE -> Set.of("environment", "excludedPredefinedFunctions");
            case URL_CONTEXT, CODE_EXECUTION -> Set.of();
        };
        JsonObjectBuilder known = Json.objectBuilder();
        settings.forEach((name, value) -> {
            if (taken.contains(name)) {
                known.add(name, value);
            } else {
                ignored.add("tools." + kind.name().toLowerCase(Locale.ROOT) + '.' + name);
            }
        });
        return known.build();
    }

    private static String field(Tool.Kind kind) {
        return switch (kind) {
            case WEB_SEARCH -> "googleSearch";
            case URL_CONTEXT -> "urlContext";
            case CODE_EXECUTION -> "codeExecution";
            case MAPS -> "googleMaps";
            case FILE_SEARCH -> "fileSearch";
            case COMPUTER_USE -> "computerUse";
        };
    }

    private static JsonObjectBuilder declaration(Tool tool, ModelFamily family, FunctionNames names) {
        String name = name(tool);
        JsonObjectBuilder declaration = Json.objectBuilder().add("name", names.written(name));
        switch (tool) {
            case Tool.Function function -> {
                declaration.add("description", described(function.description(), name));
                parameters(function.parameters(), family, declaration);
            }
            case Tool.Custom custom -> {
                declaration.add("description", described(custom.description() + grammar(custom.format()), name));
                parameters(inputOnly(), family, declaration);
            }
            case Tool.Hosted hosted -> throw new IllegalStateException("a hosted tool has no declaration");
        }
        return declaration;
    }

    /** Google's discovery document calls the description required, and an empty string counts as absent there. */
    private static String described(String description, String name) {
        return description.isBlank() ? name : description;
    }

    private static void parameters(JsonObject schema, ModelFamily family, JsonObjectBuilder declaration) {
        if (family.isOld()) {
            JsonObject parameters = OpenApiSchema.of(schema);
            if (!Members.object(parameters, "properties").isEmpty()) { // "should be non-empty for OBJECT type"
                declaration.add("parameters", parameters);
            }
            return;
        }
        JsonObject parameters = JsonSchema.ofParameters(schema);
        declaration.add("parametersJsonSchema", parameters.isEmpty() ? NO_PARAMETERS : parameters);
    }

    private static JsonObject inputOnly() {
        return Json.objectBuilder().add("type", "object")
                .add("properties", Json.objectBuilder().add("input",
                        Json.objectBuilder().add("type", "string").add("description", "The tool's whole input as plain text.")))
                .add("required", Json.arrayBuilder().add("input")).build();
    }

    /** A grammar cannot bind Gemini, so the model is told of it. */
    private static String grammar(JsonObject format) {
        JsonObject nested = Members.object(format, "grammar");
        JsonObject grammar = nested.isEmpty() ? format : nested;
        String definition = Members.text(grammar, "definition");
        if (definition.isEmpty()) {
            return "";
        }
        String syntax = Members.text(grammar, "syntax");
        return "\n\nThe input must follow this " + (syntax.isEmpty() ? "grammar" : syntax + " grammar") + ":\n" + definition;
    }

    private static JsonObject calling(Conversation conversation, List<Tool> functions, ModelFamily family, FunctionNames names,
            boolean combined, Set<String> ignored) {
        ToolChoice choice = conversation.toolChoice();
        boolean strict = functions.stream().anyMatch(tool -> tool instanceof Tool.Function function && function.strict());
        if (family.isOld() && strict) {
            ignored.add("tools.strict");
        }
        boolean validated = !family.isOld() && (strict || combined && family.isNewest() || !choice.allowed().isEmpty());
        String mode = switch (choice.mode()) {
            case UNSET -> validated ? "VALIDATED" : "";
            case AUTO -> validated ? "VALIDATED" : "AUTO";
            case VALIDATED -> family.isOld() ? "AUTO" : "VALIDATED";
            case NONE -> "NONE";
            case REQUIRED -> "ANY";
        };
        JsonObjectBuilder calling = Json.objectBuilder();
        if (!mode.isEmpty()) {
            calling.add("mode", mode);
        }
        if (!choice.allowed().isEmpty() && (mode.equals("ANY") || mode.equals("VALIDATED"))) {
            calling.add("allowedFunctionNames", allowed(choice, functions, names));
        }
        return calling.build();
    }

    private static JsonArrayBuilder allowed(ToolChoice choice, List<Tool> functions, FunctionNames names) {
        List<String> declared = functions.stream().map(ToolSection::name).toList();
        List<String> known = choice.allowed().stream().distinct().filter(declared::contains).toList();
        if (known.isEmpty()) {
            throw new InvalidRequest("tool_choice", "tool_choice names no function of tools: " + String.join(", ", choice.allowed()));
        }
        JsonArrayBuilder allowed = Json.arrayBuilder();
        known.forEach(name -> allowed.add(names.written(name)));
        return allowed;
    }
}
