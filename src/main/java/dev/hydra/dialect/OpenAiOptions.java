package dev.hydra.dialect;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Thinking.Amount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Options that OpenAI's chat and Responses say in the same words (spec mapping §1.5, §1.6). */
public final class OpenAiOptions {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    /** Budgets in tokens up to which an effort is low or medium (spec mapping §1.6). */
    private static final int LOW = 1024;
    private static final int MEDIUM = 8192;

    private OpenAiOptions() {
    }

    /** {@code response_format} of chat, {@code text.format} of Responses. @throws InvalidRequest when its type is unknown */
    public static Format format(Field format) {
        if (!format.present()) {
            return new Format.Plain();
        }
        Field type = format.member("type");
        return switch (type.text()) {
            case "text" -> new Format.Plain();
            case "json_object" -> schema(format);
            case "json_schema" -> schema(format.get("json_schema").or(format));
            default -> throw type.unknown(List.of("text", "json_object", "json_schema"));
        };
    }

    /** Some servers take a schema beside {@code json_object} too; without one any JSON will do. */
    private static Format schema(Field holder) {
        Field schema = holder.member("schema");
        return schema.present()
                ? new Format.Schema(holder.get("name").textOr(""), holder.get("description").textOr(""), schema.object(),
                        holder.get("strict").booleanOr(false))
                : new Format.AnyJson();
    }

    /** The tier in Gemini's words; empty when nothing is said. An unknown one is listed as ignored. */
    public static String serviceTier(Field tier, Ignored ignored) {
        return switch (tier.textOr("auto")) {
            case "auto" -> "";
            case "default", "standard" -> "standard";
            case "flex" -> "flex";
            case "priority", "fast" -> "priority";
            default -> {
                ignored.add(tier.path());
                yield "";
            }
        };
    }

    /** An effort or level of thinking. @throws InvalidRequest when the word is unknown */
    public static Amount effort(Field effort) {
        String word = effort.textOr("").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "", "auto", "default", "thinking_level_unspecified" -> new Amount.ByModel();
            case "none" -> new Amount.Off();
            case String level when EFFORTS.contains(level) -> new Amount.Effort(level);
            default -> throw effort.unknown(EFFORTS);
        };
    }

    /** The effort that comes nearest to an amount of thinking; empty where nothing was said. */
    public static Optional<String> word(Amount amount) {
        return switch (amount) {
            case Amount.ByModel unsaid -> Optional.empty();
            case Amount.Off off -> Optional.of("none");
            case Amount.Effort(var level) -> Optional.of(level.equals("max") ? "xhigh" : level);
            case Amount.Budget(var tokens) when tokens < 0 -> Optional.empty();
            case Amount.Budget(var tokens) ->
                Optional.of(tokens == 0 ? "none" : tokens <= LOW ? "low" : tokens <= MEDIUM ? "medium" : "high");
        };
    }

    /** The finish reason that OpenAI's word means. */
    public static FinishReason reason(String word) {
        return switch (word) {
            case "stop", "tool_calls", "function_call", "completed" -> FinishReason.STOP;
            case "length", "max_output_tokens", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.FILTERED;
            default -> FinishReason.OTHER;
        };
    }
}
