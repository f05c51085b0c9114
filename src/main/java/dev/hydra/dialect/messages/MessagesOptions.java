package dev.hydra.dialect.messages;

import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads all that a request says besides its messages and tools (spec mapping §6.1). */
final class MessagesOptions {
    /**
     * Fields that are carried, that ask for what happens anyway ({@code cache_control}), or that are not the model's ({@code metadata}: a user's
     * id for Anthropic's abuse reports); every other one is listed as ignored.
     */
    private static final Set<String> CARRIED = Set.of("model", "messages", "system", "tools", "tool_choice", "stream", "max_tokens",
            "temperature", "top_p", "top_k", "stop_sequences", "thinking", "output_config", "output_format", "service_tier", "metadata",
            "cache_control");
    private static final Set<String> CARRIED_OUTPUT = Set.of("effort", "format");
    private static final List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh", "max");
    private static final List<String> TYPES = List.of("enabled", "adaptive", "disabled");
    private static final List<String> TIERS = List.of("auto", "standard_only");

    private final Field body;
    private final Field output;
    private final Ignored ignored;

    MessagesOptions(Field body, Ignored ignored) {
        this.body = body;
        this.output = body.get("output_config");
        this.ignored = ignored;
    }

    Options read() {
        listIgnored(body, CARRIED);
        output.objectOrEmpty();
        listIgnored(output, CARRIED_OUTPUT);
        boolean parallel = !body.get("tool_choice").get("disable_parallel_tool_use").booleanOr(false);
        return new Options(sampling(), thinking(), format(), body.get("max_tokens").integer(1, Integer.MAX_VALUE), stop(), 1,
                OptionalInt.empty(), parallel, List.of(), "", serviceTier(), JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Whether the client is ready for thinking blocks: only then may any be in the answer. */
    boolean thinks() {
        return switch (body.get("thinking").get("type").textIfAny()) {
            case "enabled", "adaptive" -> true;
            default -> false;
        };
    }

    /** Whether thinking blocks are wanted with their text. */
    boolean showsThoughts() {
        return thinks() && !body.get("thinking").get("display").textIfAny().equals("omitted");
    }

    private void listIgnored(Field holder, Set<String> carried) {
        for (String name : holder.names()) {
            if (!carried.contains(name)) {
                ignored.addIfSaid(holder.get(name).path(), holder.get(name).value());
            }
        }
    }

    private Sampling sampling() {
        return new Sampling(body.get("temperature").number(), body.get("top_p").number(), body.get("top_k").integer(0, Integer.MAX_VALUE),
                OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private Thinking thinking() {
        Field thinking = body.get("thinking");
        Amount effort = effort(output.get("effort"));
        if (!thinking.present()) {
            return new Thinking(effort, Optional.empty());
        }
        Field type = thinking.member("type");
        return switch (type.text()) {
            case "enabled" -> new Thinking(budget(thinking.get("budget_tokens"), effort), Optional.of(showsThoughts()));
            case "adaptive" -> new Thinking(effort, Optional.of(showsThoughts()));
            case "disabled" -> new Thinking(new Amount.Off(), Optional.empty());
            default -> throw type.unknown(TYPES);
        };
    }

    private static Amount budget(Field tokens, Amount otherwise) {
        OptionalInt given = tokens.integer(0, Integer.MAX_VALUE);
        return given.isPresent() ? new Amount.Budget(given.getAsInt()) : otherwise;
    }

    private static Amount effort(Field effort) {
        String word = effort.textOr("").toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !EFFORTS.contains(word)) {
            throw effort.unknown(EFFORTS);
        }
        return word.isEmpty() ? new Amount.ByModel() : new Amount.Effort(word);
    }

    private Format format() {
        Field format = output.get("format").or(body.get("output_format"));
        if (!format.present()) {
            return new Format.Plain();
        }
        Field type = format.member("type");
        return switch (type.text()) {
            case "text" -> new Format.Plain();
            case "json_schema" -> new Format.Schema(format.get("name").textOr(""), "", format.get("schema").object(), true);
            default -> throw type.unknown(List.of("json_schema", "text"));
        };
    }

    private List<String> stop() {
        return body.get("stop_sequences").texts().stream().filter(text -> !text.isEmpty()).toList();
    }

    private String serviceTier() {
        Field tier = body.get("service_tier");
        return switch (tier.textOr("auto")) {
            case "auto" -> "";
            case "standard_only" -> "standard";
            default -> throw tier.unknown(TIERS);
        };
    }
}
