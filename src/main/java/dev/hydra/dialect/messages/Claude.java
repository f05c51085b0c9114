package dev.hydra.dialect.messages;

import java.util.List;

/**
 * What one of Anthropic's models takes, known from its name. Known old generations are excluded; every other name gets the behaviour of the newest,
 * as for Gemini (spec mapping §0.1).
 *
 * @param budgets whether thinking is set by a budget of tokens and not by an effort
 */
record Claude(boolean budgets) {
    /** Up to 4.5 thinking has a budget; later ones adapt and take an effort. */
    private static final List<String> BY_BUDGET = List.of("claude-2", "claude-3", "claude-instant", "-4-0", "-4-1", "-4-5", "-4-2025");

    static Claude of(String model) {
        return new Claude(BY_BUDGET.stream().anyMatch(model::contains));
    }
}
