package dev.hydra.conversation;

import jakarta.json.JsonObject;

/** The form that the answer's text must have. */
public sealed interface Format {
    /** Free text. */
    record Plain() implements Format {
    }

    /** Any JSON. */
    record AnyJson() implements Format {
    }

    /** JSON by a JSON Schema. @param name the client's name for it; may be empty */
    record Schema(String name, String description, JsonObject schema, boolean strict) implements Format {
    }
}
