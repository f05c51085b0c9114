package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Thinks of an answer: the same request always gets the same text, calls and token counts; only ids and signatures count on. */
final class Composer {
    private static final String INTRODUCTION = "This is Hydra's simulated Gemini (no key, no network). ";
    private static final int ECHO = 1000;
    private static final int PIECE = 24;
    /** What a picture of 1024 x 1024 counts. */
    private static final int IMAGE_TOKENS = 1290;
    private final Ids ids;
    private final List<String> fixed;

    /** Answers plain prompts with these chunks of text; with none, it talks about what was said. */
    Composer(Ids ids, List<String> fixed) {
        this.ids = ids;
        this.fixed = fixed;
    }

    Answer compose(Prompt prompt, SimulatedModel model, int candidate) {
        int most = JsonText.integer(prompt.config(), "maxOutputTokens").orElse(Integer.MAX_VALUE);
        int thoughts = Math.min(thoughts(prompt, model), Math.max(most - 4, most == Integer.MAX_VALUE ? most : most / 2));
        List<Answer.Piece> pieces = new ArrayList<>();
        if (thoughts > 0 && JsonText.flag(prompt.thinking(), "includeThoughts")) {
            pieces.add(new Answer.Thought("**Reading the request**\n\nI look at what was asked and at what I have been given.\n\n"));
        }
        if (model.makes() != SimulatedModel.Makes.TEXT) {
            pieces.add(made(prompt.text(), model));
            return new Answer(pieces, "STOP", "", 0, Optional.empty());
        }
        boolean mayCall = prompt.results().isEmpty() || prompt.mustCall();
        List<JsonObject> functions = mayCall ? ToolChoice.choose(prompt) : List.of();
        if (functions.isEmpty()) {
            return say(texts(prompt, candidate), prompt, model, most - thoughts, pieces, thoughts);
        }
        return call(functions, prompt, model, most - thoughts, pieces, thoughts);
    }

    private static Answer.Piece made(String text, SimulatedModel model) {
        return model.makes() == SimulatedModel.Makes.SPEECH
                ? new Answer.Made(Rendering.SOUND_TYPE, Rendering.sound(text), tokens(text.length()))
                : new Answer.Made("image/png", Rendering.picture(text), IMAGE_TOKENS);
    }

    /** An answer of exactly these texts. */
    Answer literal(List<String> chunks, SimulatedModel model) {
        List<Answer.Piece> pieces = new ArrayList<>();
        chunks.forEach(chunk -> pieces.add(new Answer.Text(chunk, tokens(chunk.length()))));
        return new Answer(pieces, "STOP", "", 0, closing(model));
    }

    private static int thoughts(Prompt prompt, SimulatedModel model) {
        SimulatedModel.Thinking limits = model.thinking();
        int budget = JsonText.integer(prompt.thinking(), "thinkingBudget").orElse(limits.onByDefault() ? -1 : 0);
        int usual = switch (JsonText.string(prompt.thinking(), "thinkingLevel").toUpperCase(Locale.ROOT)) {
            case "MINIMAL" -> 0;
            case "LOW" -> 16;
            case "HIGH" -> 64;
            default -> 32;
        };
        return limits.maxBudget() == 0 ? 0 : budget < 0 ? usual : Math.min(budget, 64);
    }

    private Answer call(List<JsonObject> functions, Prompt prompt, SimulatedModel model, int budget, List<Answer.Piece> pieces,
            int thoughts) {
        Hints hints = new Hints(prompt.text());
        boolean signed = !model.beforeGemini3() || thoughts > 0;
        int left = budget;
        for (JsonObject function : functions) {
            String name = JsonText.string(function, "name");
            JsonObject args = arguments(function, hints);
            int tokens = tokens(name.length() + args.toString().length());
            left -= tokens;
            if (left < 0) {
                return new Answer(pieces, "MAX_TOKENS", "", thoughts, Optional.empty());
            }
            pieces.add(new Answer.Call(name, args, model.beforeGemini3() ? Optional.empty() : Optional.of(ids.callId()),
                    signed ? Optional.of(Signature.make(ids.next())) : Optional.empty(), tokens));
            signed = false;
        }
        return new Answer(pieces, "STOP", "Model generated function call(s).", thoughts, Optional.empty());
    }

    private static JsonObject arguments(JsonObject function, Hints hints) {
        JsonObject schema = JsonText.object(function, "parametersJsonSchema");
        schema = schema.isEmpty() ? JsonText.object(function, "parameters") : schema;
        JsonValue made = schema.isEmpty() ? schema : new SchemaSample(schema, hints).make();
        return made instanceof JsonObject args ? args : JsonValue.EMPTY_JSON_OBJECT;
    }

    private List<String> texts(Prompt prompt, int candidate) {
        if (prompt.wantsJson()) {
            return split(json(prompt));
        }
        if (prompt.wantsEnum() && prompt.schema().isPresent()) {
            return List.of(RequestCheck.text(new SchemaSample(prompt.schema().get(), new Hints(prompt.text())).make()));
        }
        if (!fixed.isEmpty()) {
            return fixed;
        }
        StringBuilder text = new StringBuilder();
        if (candidate > 0) {
            text.append("(Answer ").append(candidate + 1).append(") ");
        }
        for (JsonObject result : prompt.results()) {
            text.append("The function ").append(JsonText.string(result, "name")).append(" returned: ")
                    .append(Prompt.resultText(result)).append(". ");
        }
        text.append(INTRODUCTION);
        if (!prompt.media().isEmpty()) {
            text.append("I received ").append(String.join(", ", prompt.media())).append(". ");
        }
        if (!prompt.text().isEmpty()) {
            boolean cut = prompt.text().length() > ECHO;
            text.append("You said: ").append(new Hints(prompt.text()).text(ECHO)).append(cut ? "…" : "");
        }
        return split(text.toString());
    }

    private static String json(Prompt prompt) {
        Hints hints = new Hints(prompt.text());
        JsonValue value = prompt.schema().map(schema -> new SchemaSample(schema, hints).make())
                .orElseGet(() -> Json.objectBuilder().add("answer", INTRODUCTION.trim())
                        .add("you_said", hints.text(ECHO)).build());
        return value.toString();
    }

    private Answer say(List<String> texts, Prompt prompt, SimulatedModel model, int budget, List<Answer.Piece> pieces, int thoughts) {
        List<String> stops = prompt.stops();
        List<String> kept = stops.isEmpty() ? texts : split(stopped(String.join("", texts), stops));
        int left = budget;
        for (String text : kept) {
            int tokens = tokens(text.length());
            if (tokens > left) {
                if (left > 0) {
                    pieces.add(new Answer.Text(head(text, left * 4), left));
                }
                return new Answer(pieces, "MAX_TOKENS", "", thoughts, Optional.empty());
            }
            left -= tokens;
            pieces.add(new Answer.Text(text, tokens));
        }
        return new Answer(pieces, "STOP", "", thoughts, closing(model));
    }

    private Optional<String> closing(SimulatedModel model) {
        return model.beforeGemini3() ? Optional.empty() : Optional.of(Signature.make(ids.next()));
    }

    private static String stopped(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return text.substring(0, end);
    }

    /** Cuts before a word about every 24 characters, coarser for long texts so that no answer has more than about 200 pieces. */
    static List<String> split(String text) {
        int least = Math.max(PIECE, text.length() / 200);
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (text.length() - start > 2 * least) {
            int end = text.indexOf(' ', start + least);
            end = end < 0 || end > start + 2 * least ? start + 2 * least : end;
            end = Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
            pieces.add(text.substring(start, end));
            start = end;
        }
        if (start < text.length()) {
            pieces.add(text.substring(start));
        }
        return pieces;
    }

    private static String head(String text, int most) {
        int end = Math.min(most, text.length());
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static int tokens(int characters) {
        return Math.max(1, (characters + 3) / 4);
    }
}
