package dev.hydra.demo;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;

/** Embeddings by hashed words, of length 1: the same text gets the same vector, and texts that share words are near each other. */
final class Embedding {
    private static final int DEFAULT_DIMENSIONS = 3072;

    private Embedding() {
    }

    /** Writes {@code {"values":[...]}} for one EmbedContentRequest. */
    static void write(ByteBuilder out, JsonObject request) {
        int dimensions = Math.clamp(JsonText.integer(request, "outputDimensionality").orElse(DEFAULT_DIMENSIONS), 1, DEFAULT_DIMENSIONS);
        double[] vector = new double[dimensions];
        vector[0] = 0.01;
        for (JsonValue part : JsonText.list(JsonText.object(request, "content"), "parts")) {
            for (String word : Hints.words(JsonText.string(part.asJsonObject(), "text"))) {
                add(vector, word.toLowerCase(Locale.ROOT).hashCode());
            }
        }
        double length = 0;
        for (double value : vector) {
            length += value * value;
        }
        length = Math.sqrt(length);
        out.add("{\"values\":[");
        for (int i = 0; i < dimensions; i++) {
            out.add(i == 0 ? "" : ",").add(Float.toString((float) (vector[i] / length)));
        }
        out.add("]}");
    }

    static void writeAll(ByteBuilder out, List<JsonObject> requests) {
        for (int i = 0; i < requests.size(); i++) {
            out.add(i == 0 ? "" : ",");
            write(out, requests.get(i));
        }
    }

    private static void add(double[] vector, long seed) {
        long bits = seed;
        for (int i = 0; i < 8; i++) {
            bits = Ids.mix(bits);
            vector[(int) Long.remainderUnsigned(bits, vector.length)] += bits < 0 ? -1 : 1;
        }
    }
}
