package dev.hydra.demo;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar of turns: function responses answer the calls before them, and the calls of the current turn carry their thought
 * signatures (spec mapping §1.1, §2.4). Neighbouring contents of one role count as one, as recordings show (§11).
 */
final class TurnCheck {
    /** One or more neighbouring contents of a role. */
    private record Turn(boolean model, int position, List<JsonObject> parts) {
        int count(String kind) {
            int count = 0;
            for (JsonObject part : parts) {
                count += JsonText.has(part, kind) ? 1 : 0;
            }
            return count;
        }

        /** Whether the user speaks here, and does not only return results. */
        boolean speaks() {
            return !model && count("functionResponse") < parts.size();
        }
    }

    private TurnCheck() {
    }

    static Optional<ApiError> check(JsonObject request, boolean signaturesRequired) {
        List<Turn> turns = new ArrayList<>();
        int position = 0;
        for (JsonValue value : JsonText.list(request, "contents")) {
            position++;
            JsonObject content = value.asJsonObject();
            boolean model = "model".equals(JsonText.string(content, "role"));
            List<JsonObject> parts = new ArrayList<>();
            JsonText.list(content, "parts").forEach(part -> parts.add(part.asJsonObject()));
            if (!turns.isEmpty() && turns.getLast().model == model) {
                turns.getLast().parts.addAll(parts);
            } else {
                turns.add(new Turn(model, position, parts));
            }
        }
        Optional<ApiError> order = order(turns);
        return order.isEmpty() && signaturesRequired ? signatures(turns) : order;
    }

    private static Optional<ApiError> order(List<Turn> turns) {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            int calls = turn.model ? turn.count("functionCall") : 0;
            if (calls > 0 && i == 0) {
                return refuse("Please ensure that function call turn comes immediately after a user turn or after a function response"
                        + " turn.");
            }
            if (calls > 0 && (i + 1 == turns.size() || turns.get(i + 1).count("functionResponse") != calls)) {
                return refuse("Please ensure that the number of function response parts is equal to the number of function call parts of"
                        + " the function call turn.");
            }
            boolean answers = !turn.model && turn.count("functionResponse") > 0;
            if (answers && (i == 0 || turns.get(i - 1).count("functionCall") == 0)) {
                return refuse("Please ensure that function response turn comes immediately after a function call turn.");
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> signatures(List<Turn> turns) {
        int current = turns.size();
        while (current > 0 && !turns.get(current - 1).speaks()) {
            current--;
        }
        for (int i = 0; i < turns.size(); i++) {
            boolean firstCall = true;
            for (JsonObject part : turns.get(i).parts) {
                String signature = JsonText.string(part, "thoughtSignature");
                if (!signature.isEmpty() && !Signature.isValid(signature)) {
                    return refuse("Thought signature is not valid.");
                }
                boolean call = turns.get(i).model && JsonText.has(part, "functionCall");
                if (call && firstCall && i >= current && signature.isEmpty()) {
                    String name = JsonText.string(JsonText.object(part, "functionCall"), "name");
                    return refuse(RequestCheck.missingSignature(name, turns.get(i).position));
                }
                firstCall = firstCall && !call;
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> refuse(String message) {
        return Optional.of(ApiError.invalid(message));
    }
}
