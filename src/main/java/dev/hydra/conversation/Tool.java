package dev.hydra.conversation;

import jakarta.json.JsonObject;

/** Something that the model may use. */
public sealed interface Tool {

    /**
     * A function that the client runs.
     *
     * @param parameters JSON Schema of the arguments; the empty object when it takes none
     * @param strict     the client wants the schema to be kept exactly
     */
    record Function(String name, String description, JsonObject parameters, boolean strict) implements Tool {
    }

    /** A free-form tool: its input is one text. @param format grammar or format description; the empty object when there is none */
    record Custom(String name, String description, JsonObject format) implements Tool {
    }

    /**
     * A tool that the provider runs itself.
     *
     * @param config its settings as the client gave them, keys as in Gemini's own tool object; may be empty
     */
    record Hosted(Kind kind, JsonObject config) implements Tool {
    }

    /** The hosted tools that we know. */
    enum Kind {
        WEB_SEARCH, URL_CONTEXT, CODE_EXECUTION, MAPS, FILE_SEARCH, COMPUTER_USE
    }
}
