package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.dialect.gemini.ModelFamily.Level;
import dev.hydra.dialect.gemini.ModelFamily.Thinks;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The client's wish for thinking in the words of a model: a budget or a level, never both, clamped to what it takes (spec mapping §1.6).
 */
final class ThinkingConfig {
    private static final String REFUSED = "reasoning_effort";

    private ThinkingConfig() {
    }

    /** The {@code thinkingConfig}; empty when there is nothing to say. */
    static JsonObject of(Thinking wish, ModelFamily family, Set<String> ignored) {
        boolean show = wish.show().orElse(false);
        JsonObjectBuilder config = Json.objectBuilder();
        switch (family.thinks()) {
            case Thinks.Never never -> {
                if (!(wish.amount() instanceof Amount.ByModel) && !(wish.amount() instanceof Amount.Off) || show) {
                    ignored.add(REFUSED);
                }
            }
            case Thinks.ByBudget budgets -> {
                Optional<Integer> budget = budget(wish.amount(), budgets);
                budget.ifPresent(tokens -> config.add("thinkingBudget", tokens));
                boolean thinks = budget.map(tokens -> tokens != 0).orElse(budgets.byDefault());
                if (show && thinks) { // includeThoughts of a model that does not think is a 400
                    config.add("includeThoughts", true);
                }
            }
            case Thinks.ByLevel levels -> {
                level(wish.amount()).ifPresent(level -> config.add("thinkingLevel", nearest(level, levels.allowed()).name()));
                if (show) {
                    config.add("includeThoughts", true);
                }
            }
        }
        return config.build();
    }

    /**
     * A {@code thinkingConfig} that the client wrote itself, with the one of both fields that this generation knows better: both together
     * are a 400, and so is a level before Gemini 3.
     */
    static JsonObject own(JsonObject given, ModelFamily family) {
        String level = Members.text(given, "thinkingLevel");
        if (level.isEmpty()) {
            return given;
        }
        JsonObjectBuilder config = Json.objectBuilder(given);
        if (family.isNewest()) {
            return config.remove("thinkingBudget").build();
        }
        config.remove("thinkingLevel");
        if (!given.containsKey("thinkingBudget") && family.thinks() instanceof Thinks.ByBudget budgets) {
            budget(new Amount.Effort(level.toLowerCase(Locale.ROOT)), budgets).ifPresent(tokens -> config.add("thinkingBudget", tokens));
        }
        return config.build();
    }

    private static Optional<Integer> budget(Amount amount, Thinks.ByBudget range) {
        return switch (amount) {
            case Amount.ByModel byModel -> Optional.empty();
            case Amount.Off off -> Optional.of(range.off() ? 0 : range.min());
            case Amount.Budget(int tokens) -> Optional.of(tokens < 0 ? -1 : tokens == 0 && range.off() ? 0 : clamp(tokens, range));
            case Amount.Effort(String level) -> switch (level) {
                case "minimal", "low" -> Optional.of(clamp(1024, range));
                case "medium" -> Optional.of(clamp(8192, range));
                case "high" -> Optional.of(clamp(24576, range));
                case "xhigh", "max" -> Optional.of(range.max());
                default -> Optional.empty();
            };
        };
    }

    private static int clamp(int tokens, Thinks.ByBudget range) {
        return Math.clamp(tokens, range.min(), range.max());
    }

    private static Optional<Level> level(Amount amount) {
        return switch (amount) {
            case Amount.ByModel byModel -> Optional.empty();
            case Amount.Off off -> Optional.of(Level.MINIMAL);
            case Amount.Budget(int tokens) when tokens < 0 -> Optional.empty();
            case Amount.Budget(int tokens) -> Optional.of(tokens <= 512 ? Level.MINIMAL
                    : tokens <= 1024 ? Level.LOW : tokens <= 8192 ? Level.MEDIUM : Level.HIGH);
            case Amount.Effort(String level) -> switch (level) {
                case "minimal" -> Optional.of(Level.MINIMAL);
                case "low" -> Optional.of(Level.LOW);
                case "medium" -> Optional.of(Level.MEDIUM);
                case "high", "xhigh", "max" -> Optional.of(Level.HIGH);
                default -> Optional.empty();
            };
        };
    }

    /** The nearest allowed level; of two equally near the higher. */
    private static Level nearest(Level wanted, Set<Level> allowed) {
        Level best = Level.HIGH;
        for (Level level : allowed) {
            int distance = Math.abs(level.ordinal() - wanted.ordinal());
            int shortest = Math.abs(best.ordinal() - wanted.ordinal());
            if (distance < shortest || distance == shortest && level.compareTo(best) > 0) {
                best = level;
            }
        }
        return best;
    }
}
