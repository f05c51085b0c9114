package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Thinking;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code generationConfig} of a client (spec mapping §9). */
final class OptionsReader {
    private static final Set<String> READ = Set.of("temperature", "topP", "topK", "seed", "presencePenalty", "frequencyPenalty",
            "maxOutputTokens", "stopSequences", "candidateCount", "responseMimeType", "responseSchema", "responseJsonSchema",
            "responseLogprobs", "logprobs", "responseModalities", "speechConfig", "thinkingConfig");

    private final Field config;
    private final Ignored ignored;

    OptionsReader(Field config, Ignored ignored) {
        this.config = config;
        this.ignored = ignored;
    }

    Options read(String serviceTier) {
        for (String name : config.present() ? config.object().keySet() : Set.<String>of()) {
            if (!READ.contains(name)) {
                ignored.addIfSaid(config.get(name).path(), config.get(name).value());
            }
        }
        Field voice = config.get("speechConfig").get("voiceConfig").get("prebuiltVoiceConfig").get("voiceName");
        return new Options(sampling(), thinking(config.get("thinkingConfig")), format(),
                config.get("maxOutputTokens").integer(1, Integer.MAX_VALUE),
                texts("stopSequences"), config.get("candidateCount").integer(1, 128).orElse(1), logprobs(), true,
                texts("responseModalities").stream().map(text -> text.toLowerCase(Locale.ROOT)).toList(), voice.textOr(""),
                serviceTier.toLowerCase(Locale.ROOT), JsonValue.EMPTY_JSON_OBJECT);
    }

    private List<String> texts(String name) {
        return ContentRequestReader.list(config.get(name)).stream().map(Field::text).toList();
    }

    private Sampling sampling() {
        return new Sampling(config.get("temperature").number(), config.get("topP").number(),
                config.get("topK").integer(0, Integer.MAX_VALUE),
                config.get("seed").integer(), config.get("presencePenalty").number(), config.get("frequencyPenalty").number());
    }

    private OptionalInt logprobs() {
        if (!config.get("responseLogprobs").booleanOr(false)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(config.get("logprobs").integer(0, 20).orElse(0));
    }

    private static Thinking thinking(Field said) {
        if (!said.present()) {
            return Thinking.UNSET;
        }
        Field include = said.member("includeThoughts");
        Optional<Boolean> show = include.present() ? Optional.of(include.booleanOr(false)) : Optional.empty();
        String level = said.get("thinkingLevel").textOr("").toLowerCase(Locale.ROOT);
        if (!level.isEmpty() && !level.equals("thinking_level_unspecified")) {
            return new Thinking(new Thinking.Amount.Effort(level), show);
        }
        OptionalInt budget = said.get("thinkingBudget").integer(-1, Integer.MAX_VALUE);
        Thinking.Amount amount = budget.isEmpty() ? new Thinking.Amount.ByModel()
                : budget.getAsInt() == 0 ? new Thinking.Amount.Off() : new Thinking.Amount.Budget(budget.getAsInt());
        return new Thinking(amount, show);
    }

    private Format format() {
        Field schema = config.get("responseJsonSchema");
        Field openApi = config.get("responseSchema");
        String type = config.get("responseMimeType").textOr("");
        boolean enumeration = type.equals("text/x.enum");
        if (!type.isEmpty() && !type.equals("application/json") && !type.equals("text/plain") && !enumeration) {
            throw config.get("responseMimeType").unknown(List.of("text/plain", "application/json", "text/x.enum"));
        }
        if (schema.present() || openApi.present()) {
            if (enumeration) {
                // Its answer is a bare word, which no other format can promise.
                ignored.add(config.get("responseMimeType").path());
                return new Format.Plain();
            }
            JsonObject wanted = schema.present() ? schema.object() : SchemaText.jsonSchema(openApi.object());
            return new Format.Schema("", "", wanted, false);
        }
        return type.equals("application/json") ? new Format.AnyJson() : new Format.Plain();
    }
}
