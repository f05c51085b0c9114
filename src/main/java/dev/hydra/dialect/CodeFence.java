package dev.hydra.dialect;

import jakarta.json.JsonObject;
import java.util.Locale;

/**
 * Shows code that the provider ran, and its output, as fenced blocks: OpenAI's format has no place of its own for them (spec mapping §2).
 */
public final class CodeFence {
    private CodeFence() {
    }

    /** The block for a part of Gemini's format; empty when the part is no code or says nothing. */
    public static String of(JsonObject part) {
        if (part.get("executableCode") instanceof JsonObject run) {
            String language = run.getString("language", "").toLowerCase(Locale.ROOT);
            return block(language.equals("language_unspecified") ? "" : language, run.getString("code", ""));
        }
        if (part.get("codeExecutionResult") instanceof JsonObject result) {
            return block("output", result.getString("output", ""));
        }
        return "";
    }

    private static String block(String tag, String body) {
        if (body.isEmpty()) {
            return "";
        }
        String fence = "```";
        while (body.contains(fence)) {
            fence += "`";
        }
        return fence + tag + "\n" + body + (body.endsWith("\n") ? "" : "\n") + fence + "\n";
    }
}
