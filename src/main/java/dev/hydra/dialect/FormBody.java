package dev.hydra.dialect;

import dev.hydra.wire.Json;
import dev.hydra.wire.MediaType;
import dev.hydra.wire.MultipartForm;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An uploaded form as the JSON that the same endpoint would take, so that one reader serves both: texts as strings, a file as
 * {@code {"filename": …, "mime_type": …, "data": base64}}, fields that repeat or end in {@code []} as arrays.
 */
public final class FormBody {
    private FormBody() {
    }

    /** @throws InvalidRequest when the body is no form */
    public static JsonObject object(byte[] body, String contentType) {
        MultipartForm form;
        try {
            form = MultipartForm.parse(body, contentType);
        } catch (IOException broken) {
            throw new InvalidRequest("", "The body is not acceptable multipart/form-data: " + broken.getMessage() + ".");
        }
        Map<String, List<JsonValue>> fields = new LinkedHashMap<>();
        for (MultipartForm.Item item : form.items()) {
            fields.computeIfAbsent(item.name(), name -> new ArrayList<>()).add(value(item));
        }
        JsonObjectBuilder object = Json.objectBuilder();
        fields.forEach((name, values) -> {
            boolean list = name.endsWith("[]");
            object.add(list ? name.substring(0, name.length() - 2) : name, list || values.size() > 1 ? array(values) : values.getFirst());
        });
        return object.build();
    }

    private static JsonValue array(List<JsonValue> values) {
        JsonArrayBuilder array = Json.arrayBuilder();
        values.forEach(array::add);
        return array.build();
    }

    private static JsonValue value(MultipartForm.Item item) {
        if (item.filename().isEmpty()) {
            return Json.string(new String(item.bytes(), StandardCharsets.UTF_8));
        }
        String type = MediaType.sniff(item.bytes()).or(() -> MediaType.ofName(item.filename())).orElse(item.type());
        return Json.objectBuilder().add("filename", item.filename()).add("mime_type", type)
                .add("data", Base64.getEncoder().encodeToString(item.bytes())).build();
    }

    /** The number of a field that a form says as text and JSON as a number; empty when absent. @throws InvalidRequest when it is neither */
    public static OptionalDouble number(Field field) {
        if (!field.isText()) {
            return field.number();
        }
        try {
            double number = Double.parseDouble(field.text().strip());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw field.invalid("must be a number, but is '" + field.text() + "'");
    }

    /** The truth value of a field that a form says as text and JSON as a boolean; false when absent. @throws InvalidRequest when it is neither */
    public static boolean flag(Field field) {
        return switch (field.textIfAny()) {
            case "true", "True", "1" -> true;
            case "false", "False", "0" -> false;
            default -> field.booleanOr(false);
        };
    }
}
