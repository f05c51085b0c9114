package dev.hydra.dialect.messages;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Set;

/**
 * The client's wish for thinking in Anthropic's words: a budget for older models, an effort for newer ones.
 *
 * @param type   {@code enabled}, {@code adaptive}, {@code disabled}; empty = nothing is said
 * @param budget tokens, for {@code enabled}
 * @param effort empty = the model's own
 * @param shown  whether the thoughts' text is wanted
 */
record ThinkingWish(String type, int budget, String effort, boolean shown) {
    private static final ThinkingWish UNSAID = new ThinkingWish("", 0, "", true);
    private static final int LEAST = 1024;
    private static final int MEDIUM = 8192;
    private static final int HIGH = 24_576;
    private static final int MOST = 32_000;

    /** @param ignored gets the wish when the rest of the request forbids it */
    static ThinkingWish of(Conversation conversation, List<ProvidersTurns.Message> messages, Claude claude, int maxTokens,
            Set<String> ignored) {
        Amount amount = conversation.options().thinking().amount();
        boolean show = conversation.options().thinking().show().orElse(false);
        boolean wanted = !(amount instanceof Amount.ByModel || amount instanceof Amount.Off) || show;
        if (!wanted) {
            return amount instanceof Amount.Off ? new ThinkingWish("disabled", 0, "", true) : UNSAID;
        }
        // Both are a 400: thinking beside a call that is forced, and a turn that goes on from calls which no thinking led to.
        boolean forced = conversation.toolChoice().mode() == ToolChoice.Mode.REQUIRED && !conversation.tools().isEmpty();
        boolean tooShort = claude.budgets() && maxTokens <= LEAST;
        if (forced || tooShort || goesOnWithoutThought(messages)) {
            ignored.add("thinking");
            return UNSAID;
        }
        boolean shown = conversation.options().thinking().show().orElse(true);
        return claude.budgets() ? new ThinkingWish("enabled", Math.clamp(budget(amount), LEAST, maxTokens - 1), "", shown)
                : new ThinkingWish("adaptive", 0, effort(amount), shown);
    }

    /** Whether the current turn holds calls of another provider's model, which have none of Anthropic's signatures. */
    private static boolean goesOnWithoutThought(List<ProvidersTurns.Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            ProvidersTurns.Message message = messages.get(i);
            Part first = message.blocks().getFirst().part();
            if (message.role() == Turn.Role.USER && !(first instanceof Part.ToolResult)) {
                return false;
            }
            if (message.role() == Turn.Role.MODEL && !(first instanceof Part.Thought || first instanceof Part.Foreign)) {
                return message.blocks().stream().anyMatch(block -> block.part() instanceof Part.ToolCall);
            }
        }
        return false;
    }

    private static int budget(Amount amount) {
        return switch (amount) {
            case Amount.Budget(int tokens) -> tokens < 0 ? MEDIUM : tokens;
            case Amount.Effort(String level) -> switch (level) {
                case "minimal", "low" -> LEAST;
                case "high" -> HIGH;
                case "xhigh", "max" -> MOST;
                default -> MEDIUM;
            };
            case Amount.ByModel byModel -> MEDIUM;
            case Amount.Off off -> 0;
        };
    }

    private static String effort(Amount amount) {
        return switch (amount) {
            case Amount.Budget(int tokens) -> tokens < 0 ? "" : tokens <= LEAST ? "low" : tokens <= MEDIUM ? "medium" : "high";
            case Amount.Effort(String level) -> level.equals("minimal") ? "low" : level;
            case Amount.ByModel byModel -> "";
            case Amount.Off off -> "";
        };
    }

    boolean isOn() {
        return type.equals("enabled") || type.equals("adaptive");
    }

    /** The least that {@code max_tokens} must say. */
    int leastTokens() {
        return budget == 0 ? 1 : budget + 1;
    }

    void write(JsonGenerator out) {
        if (type.isEmpty()) {
            return;
        }
        out.writeStartObject("thinking").write("type", type);
        if (budget > 0) {
            out.write("budget_tokens", budget);
        }
        if (isOn() && !shown) {
            out.write("display", "omitted");
        }
        out.writeEnd();
        if (!effort.isEmpty()) {
            out.writeStartObject("output_config").write("effort", effort).writeEnd();
        }
    }
}
