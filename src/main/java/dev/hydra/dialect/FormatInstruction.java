package dev.hydra.dialect;

import dev.hydra.conversation.Format;

/** Tells a model in words of the form that its answer must have, where the provider cannot be told by a field. */
public final class FormatInstruction {
    private FormatInstruction() {
    }

    /** The sentence; empty for free text. */
    public static String of(Format format) {
        return switch (format) {
            case Format.Plain plain -> "";
            case Format.AnyJson any -> "Answer with one JSON object and nothing else.";
            case Format.Schema schema -> "Give the final answer as JSON that follows this JSON Schema, and nothing else:\n"
                    + schema.schema();
        };
    }
}
