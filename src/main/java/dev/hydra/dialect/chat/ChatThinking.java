package dev.hydra.dialect.chat;

import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads how much the model shall think, which clients say in four ways. The most exact one wins: Gemini's {@code thinking_config}, then
 * {@code thinking} as on Anthropic's Messages (spec mapping §6.1), then OpenRouter's {@code reasoning}, then {@code reasoning_effort}.
 */
final class ChatThinking {
    private static final List<String> TYPES = List.of("enabled", "adaptive", "disabled");

    private ChatThinking() {
    }

    /**
     * @param config  {@code thinking_config} of Google's own form
     * @param options the request's other fields, found by name
     */
    static Thinking read(Field config, ChatOptions.Lookup options) {
        List<Thinking> said = List.of(google(config), anthropic(options.find("thinking")), openRouter(options.find("reasoning")),
                new Thinking(OpenAiOptions.effort(options.find("reasoning_effort")), Optional.empty()),
                new Thinking(new Amount.ByModel(), flag(options.find("include_reasoning"))));
        Thinking thinking = Thinking.UNSET;
        for (Thinking next : said) {
            thinking = new Thinking(thinking.amount() instanceof Amount.ByModel ? next.amount() : thinking.amount(),
                    thinking.show().isPresent() ? thinking.show() : next.show());
        }
        return thinking;
    }

    private static Thinking google(Field config) {
        Field level = config.member("thinking_level").or(config.get("thinkingLevel"));
        Amount amount = level.present() ? OpenAiOptions.effort(level) : budget(config.first("thinking_budget", "thinkingBudget"));
        return new Thinking(amount, flag(config.first("include_thoughts", "includeThoughts")));
    }

    private static Thinking anthropic(Field thinking) {
        if (!thinking.present()) {
            return Thinking.UNSET;
        }
        Amount budget = budget(thinking.member("budget_tokens").or(thinking.get("thinking_budget")));
        Field type = thinking.get("type");
        return switch (type.textOr(thinking.get("thinking_budget").present() ? "enabled" : "")) {
            case "enabled" -> new Thinking(budget, Optional.of(true));
            case "adaptive" -> {
                boolean shown = !thinking.get("display").textIfAny().equals("omitted");
                yield new Thinking(OpenAiOptions.effort(thinking.get("effort")), Optional.of(shown));
            }
            case "disabled" -> new Thinking(new Amount.Off(), Optional.empty());
            default -> throw type.unknown(TYPES);
        };
    }

    /** Thoughts are shown there unless excluded. */
    private static Thinking openRouter(Field reasoning) {
        if (!reasoning.present()) {
            return Thinking.UNSET;
        }
        Amount amount = OpenAiOptions.effort(reasoning.member("effort"));
        if (amount instanceof Amount.ByModel) {
            amount = budget(reasoning.get("max_tokens"));
        }
        boolean on = reasoning.get("enabled").booleanOr(true);
        return new Thinking(on ? amount : new Amount.Off(), Optional.of(on && !reasoning.get("exclude").booleanOr(false)));
    }

    private static Amount budget(Field tokens) {
        OptionalInt given = tokens.integer(-1, Integer.MAX_VALUE);
        return given.isPresent() ? new Amount.Budget(given.getAsInt()) : new Amount.ByModel();
    }

    private static Optional<Boolean> flag(Field field) {
        return field.present() ? Optional.of(field.booleanOr(false)) : Optional.empty();
    }
}
