package dev.hydra.demo;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/** Validates a generateContent request as Google does: fields first, then contents, turns and options. */
final class RequestCheck {
    private static final Set<String> ROLES = Set.of("", "user", "model", "function");

    private RequestCheck() {
    }

    static Optional<ApiError> check(JsonObject request, SimulatedModel model) {
        Optional<ApiError> error = FieldCheck.check(request, "GenerateContentRequest");
        if (error.isEmpty()) {
            error = contents(request);
        }
        if (error.isEmpty()) {
            error = TurnCheck.check(request, !model.beforeGemini3());
        }
        return error.isEmpty() ? OptionCheck.check(request, model) : error;
    }

    /** The message of a function call that lost its signature; position counts contents from 1 (spec mapping §4.1 N). */
    static String missingSignature(String function, int position) {
        return "Unable to submit request because function call default_api:" + function + " in the " + position
                + ". content block is missing a thought_signature. Learn more: https://ai.google.dev/gemini-api/docs/thought-signatures";
    }

    /** The string, or nothing for any other value. */
    static String text(JsonValue value) {
        return value instanceof JsonString text ? text.getString() : "";
    }

    private static Optional<ApiError> contents(JsonObject request) {
        int index = 0;
        for (JsonValue value : JsonText.list(request, "contents")) {
            JsonObject content = value.asJsonObject();
            String role = JsonText.string(content, "role");
            if (!ROLES.contains(role)) {
                return refuse("Please use a valid role: user, model.");
            }
            String at = "* GenerateContentRequest.contents[" + index++ + "].parts";
            boolean empty = true;
            int part = 0;
            for (JsonValue entry : JsonText.list(content, "parts")) {
                empty = false;
                if (!hasData(entry.asJsonObject())) {
                    return refuse(at + "[" + part + "].data: required oneof field 'data' must have one initialized field\n");
                }
                part++;
            }
            if (empty && !"model".equals(role)) {
                return refuse(at + ": contents.parts must not be empty.\n");
            }
        }
        return index > 0 ? Optional.empty() : refuse("* GenerateContentRequest.contents: contents is not specified\n");
    }

    private static boolean hasData(JsonObject part) {
        for (String name : part.keySet()) {
            FieldTable.Field field = FieldTable.fields("Part").get(name);
            if (field.oneof() && part.get(name) != JsonValue.NULL || "thought_signature".equals(field.protoName())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<ApiError> refuse(String message) {
        return Optional.of(ApiError.invalid(message));
    }
}
