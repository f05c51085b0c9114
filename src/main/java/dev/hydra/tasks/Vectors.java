package dev.hydra.tasks;

import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The vectors of one of Gemini's batch replies, read without a tree: a hundred of them are a third of a million numbers.
 *
 * @param tokens of the inputs as the provider counted them; 0 = it told none
 */
record Vectors(List<float[]> all, long tokens) {
    private static final int USUAL_LENGTH = 3072;

    /** @throws jakarta.json.JsonException when the reply is not what Gemini's format promises */
    static Vectors read(byte[] reply) {
        List<float[]> all = new ArrayList<>();
        long tokens = 0;
        try (JsonParser json = Json.parser(new ByteArrayInputStream(reply))) {
            String name = "";
            while (json.hasNext()) {
                Event event = json.next();
                if (event == Event.KEY_NAME) {
                    name = json.getString();
                } else if (event == Event.START_ARRAY && name.equals("values")) {
                    all.add(numbers(json));
                } else if (event == Event.VALUE_NUMBER && name.equals("promptTokenCount")) {
                    tokens = json.getLong();
                }
            }
        }
        return new Vectors(all, tokens);
    }

    private static float[] numbers(JsonParser json) {
        float[] numbers = new float[USUAL_LENGTH];
        int length = 0;
        while (json.next() == Event.VALUE_NUMBER) {
            if (length == numbers.length) {
                numbers = Arrays.copyOf(numbers, length * 2);
            }
            numbers[length++] = json.getBigDecimal().floatValue();
        }
        return Arrays.copyOf(numbers, length);
    }

    /** Makes a vector's length 1, as OpenAI's are; Gemini shortens some without doing so. One of nothing but zeros stays. */
    static void normalise(float[] vector) {
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        if (sum > 0) {
            double length = Math.sqrt(sum);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / length);
            }
        }
    }

    static void write(JsonOutput json, float[] vector, boolean base64) throws IOException {
        if (base64) {
            ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            json.value(Base64.getEncoder().encodeToString(bytes.array()));
            return;
        }
        json.beginArray();
        for (float number : vector) {
            json.value((double) number);
        }
        json.endArray();
    }
}
