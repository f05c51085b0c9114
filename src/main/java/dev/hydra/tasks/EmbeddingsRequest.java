package dev.hydra.tasks;

import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.Field;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.OptionalInt;

/**
 * OpenAI's request for embeddings (spec mapping §7.1).
 *
 * @param model      as the client wrote it
 * @param inputs     at least one, none of them empty
 * @param dimensions wanted length of the vectors; empty = the model's own
 * @param base64     little-endian floats in base64 instead of numbers
 * @param taskType   Gemini's word for what the vectors are for; may be empty
 * @param title      Gemini's title of the document; may be empty
 */
record EmbeddingsRequest(String model, List<String> inputs, OptionalInt dimensions, boolean base64, String taskType, String title) {
    private static final int MOST_INPUTS = 2048;
    private static final int MOST_DIMENSIONS = 65_536;

    /** @throws dev.hydra.dialect.InvalidRequest naming the field that cannot be understood or carried */
    static EmbeddingsRequest read(Ask ask, byte[] bytes) {
        Field body = Field.root(BodyScan.object(bytes));
        Field format = body.get("encoding_format");
        boolean base64 = switch (format.textOr("float")) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw format.unknown(List.of("float", "base64"));
        };
        return new EmbeddingsRequest(ask.model(), inputs(body.get("input")), body.get("dimensions").integer(1, MOST_DIMENSIONS), base64,
                body.get("task_type").or(body.get("extra_body").get("task_type")).textOr(""),
                body.get("title").or(body.get("extra_body").get("title")).textOr(""));
    }

    private static List<String> inputs(Field input) {
        List<Field> items = input.oneOrAll();
        if (items.isEmpty()) {
            throw input.invalid("must be a string or an array of strings, and not empty");
        }
        if (items.size() > MOST_INPUTS) {
            throw input.invalid("must have at most " + MOST_INPUTS + " elements, but has " + items.size());
        }
        return items.stream().map(EmbeddingsRequest::text).toList();
    }

    private static String text(Field item) {
        if (!item.isText()) {
            throw item.invalid("must be a string: Gemini takes texts, not token numbers");
        }
        if (item.text().isEmpty()) {
            throw item.invalid("must not be empty");
        }
        return item.text();
    }

    /** Gemini's batch request for some of the inputs. */
    byte[] batch(String plainModel, List<String> some) {
        JsonArrayBuilder requests = Json.arrayBuilder();
        for (String input : some) {
            JsonObjectBuilder request = Json.objectBuilder().add("model", "models/" + plainModel).add("content",
                    Json.objectBuilder().add("parts", Json.arrayBuilder().add(Json.objectBuilder().add("text", input))));
            dimensions.ifPresent(length -> request.add("outputDimensionality", length));
            if (!taskType.isEmpty()) {
                request.add("taskType", taskType);
            }
            if (!title.isEmpty()) {
                request.add("title", title);
            }
            requests.add(request);
        }
        return Json.bytes(Json.objectBuilder().add("requests", requests).build());
    }
}
