package dev.hydra.demo;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules on generationConfig and tools, which differ by model (spec mapping §1.3, §1.5, §1.6). An empty string means: nothing wrong. */
final class OptionCheck {
    private static final List<String> BUILT_IN = List.of("googleSearch", "urlContext", "googleMaps", "fileSearch");
    private static final Set<String> JSON_TYPES = Set.of("application/json", "text/x.enum");

    private OptionCheck() {
    }

    static Optional<ApiError> check(JsonObject request, SimulatedModel model) {
        JsonObject config = JsonText.object(request, "generationConfig");
        String problem = thinking(JsonText.object(config, "thinkingConfig"), model);
        if (problem.isEmpty()) {
            problem = sampling(config, model);
        }
        if (problem.isEmpty()) {
            problem = format(config);
        }
        if (problem.isEmpty() && JsonText.has(request, "tools")) {
            problem = tools(request, config, model);
        }
        if (problem.isEmpty() && JsonText.has(request, "cachedContent") && (JsonText.has(request, "tools")
                || JsonText.has(request, "toolConfig") || JsonText.has(request, "systemInstruction"))) {
            problem = "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config.";
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(ApiError.invalid(problem));
    }

    private static String thinking(JsonObject config, SimulatedModel model) {
        if (config.isEmpty()) {
            return "";
        }
        SimulatedModel.Thinking limits = model.thinking();
        String level = JsonText.string(config, "thinkingLevel").toUpperCase(Locale.ROOT);
        Optional<Integer> budget = JsonText.integer(config, "thinkingBudget");
        if (limits.maxBudget() == 0) {
            return "Thinking is not enabled for models/" + model.id();
        }
        if (!level.isEmpty() && budget.isPresent()) {
            return "You can only set only one of thinking budget and thinking level.";
        }
        if (!level.isEmpty() && limits.levels().isEmpty()) {
            return "Thinking level is not supported for this model.";
        }
        if (!level.isEmpty() && !limits.levels().contains(level)) {
            return "Thinking level " + level + " is not supported for this model. Please retry with other thinking level.";
        }
        return budget.isEmpty() || budget.get() == -1 ? "" : budget(budget.get(), limits);
    }

    private static String budget(int budget, SimulatedModel.Thinking limits) {
        if (budget == 0) {
            return limits.canBeOff() ? "" : "Budget 0 is invalid. This model only works in thinking mode.";
        }
        return budget >= limits.minBudget() && budget <= limits.maxBudget() ? "" : "The thinking budget " + budget
                + " is invalid. Please choose a value between " + limits.minBudget() + " and " + limits.maxBudget() + ".";
    }

    private static String sampling(JsonObject config, SimulatedModel model) {
        if (nonZero(config, "presencePenalty") || nonZero(config, "frequencyPenalty")) {
            return "Penalty is not enabled for models/" + model.id();
        }
        if (JsonText.has(config, "logprobs") && !JsonText.flag(config, "responseLogprobs")) {
            return "Logprobs should be set only when response_logprobs is true.";
        }
        if (JsonText.flag(config, "responseLogprobs")) {
            return "Logprobs is not enabled for models/" + model.id();
        }
        int candidates = JsonText.integer(config, "candidateCount").orElse(1);
        if (candidates < 1 || candidates > 8) {
            return "* GenerateContentRequest.generation_config.candidate_count: candidate_count must be in the range [1, 8].";
        }
        int output = JsonText.integer(config, "maxOutputTokens").orElse(1);
        if (output < 1 || output > model.outputTokenLimit() + 1) {
            return "Unable to submit request because it has a maxOutputTokens value of " + output + " but the supported range is from 1"
                    + " (inclusive) to " + (model.outputTokenLimit() + 1) + " (exclusive). Update the value and try again.";
        }
        int stops = 0;
        for (JsonValue stop : JsonText.list(config, "stopSequences")) {
            stops++;
            if (RequestCheck.text(stop).isEmpty()) {
                return "* GenerateContentRequest.generation_config.stop_sequences: stop sequences must not be empty.";
            }
        }
        return stops <= 5 ? "" : "The number of stop_sequences must not exceed 5.";
    }

    private static boolean nonZero(JsonObject config, String name) {
        return JsonText.field(config, name) instanceof JsonNumber number && number.doubleValue() != 0;
    }

    private static String format(JsonObject config) {
        boolean schema = JsonText.has(config, "responseSchema");
        boolean jsonSchema = JsonText.has(config, "responseJsonSchema") || JsonText.has(config, "_responseJsonSchema");
        if (schema && jsonSchema) {
            return "Only one of response_schema and response_json_schema may be set.";
        }
        if ((schema || jsonSchema) && !JSON_TYPES.contains(JsonText.string(config, "responseMimeType"))) {
            return "Function calling config or response schema is set, but response_mime_type is not application/json.";
        }
        return schema ? SchemaCheck.check(JsonText.object(config, "responseSchema"),
                "GenerateContentRequest.generation_config.response_schema") : "";
    }

    private static String tools(JsonObject request, JsonObject config, SimulatedModel model) {
        Set<String> names = new HashSet<>();
        boolean builtIn = false;
        int toolIndex = 0;
        for (JsonValue value : JsonText.list(request, "tools")) {
            JsonObject tool = value.asJsonObject();
            builtIn |= BUILT_IN.stream().anyMatch(kind -> JsonText.has(tool, kind));
            String problem = declarations(tool, toolIndex++, names);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        JsonObject toolConfig = JsonText.object(request, "toolConfig");
        if (!names.isEmpty() && builtIn && model.beforeGemini3()) {
            return "Built-in tools and Function Calling cannot be combined in the same request.";
        }
        if (!names.isEmpty() && builtIn && !JsonText.flag(toolConfig, "includeServerSideToolInvocations")) {
            return "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools with Function calling.";
        }
        if (!names.isEmpty() && model.beforeGemini3() && "application/json".equals(JsonText.string(config, "responseMimeType"))) {
            return "Function calling with a response mime type: 'application/json' is unsupported";
        }
        return allowed(JsonText.object(toolConfig, "functionCallingConfig"), names);
    }

    private static String declarations(JsonObject tool, int toolIndex, Set<String> names) {
        int index = 0;
        for (JsonValue value : JsonText.list(tool, "functionDeclarations")) {
            JsonObject function = value.asJsonObject();
            String at = "GenerateContentRequest.tools[" + toolIndex + "].function_declarations[" + index++ + "]";
            String name = JsonText.string(function, "name");
            if (!isName(name)) {
                return "* " + at + ".name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric"
                        + " (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128.";
            }
            if (!names.add(name)) {
                return "Duplicate function declaration found: " + name;
            }
            if (JsonText.has(function, "parameters") && JsonText.has(function, "parametersJsonSchema")) {
                return "* " + at + ": only one of parameters and parameters_json_schema may be set.";
            }
            String problem = SchemaCheck.check(JsonText.object(function, "parameters"), at + ".parameters");
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= 128 && (Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.:-".indexOf(c) >= 0));
    }

    private static String allowed(JsonObject calling, Set<String> names) {
        String mode = JsonText.string(calling, "mode").toUpperCase(Locale.ROOT);
        for (JsonValue value : JsonText.list(calling, "allowedFunctionNames")) {
            if (!"ANY".equals(mode) && !"VALIDATED".equals(mode)) {
                return "Allowed function names can only be set when the function calling mode is ANY or VALIDATED.";
            }
            if (!names.contains(RequestCheck.text(value))) {
                return "Allowed function name " + RequestCheck.text(value) + " is not in the list of function declarations.";
            }
        }
        return "";
    }
}
