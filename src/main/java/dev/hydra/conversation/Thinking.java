package dev.hydra.conversation;

import java.util.Optional;

/**
 * How much the model thinks before it answers, and whether it shows it.
 *
 * @param show whether thoughts are wanted in the answer; empty = the client did not say
 */
public record Thinking(Amount amount, Optional<Boolean> show) {
    /** Nothing said. */
    public static final Thinking UNSET = new Thinking(new Amount.ByModel(), Optional.empty());

    /** The amount, in the words that the client used; the provider's dialect clamps it to what the model takes (spec mapping §1.6). */
    public sealed interface Amount {
        /** The model's own default. */
        record ByModel() implements Amount {
        }

        /** As little as the model allows. */
        record Off() implements Amount {
        }

        /** @param level {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code xhigh} or {@code max} */
        record Effort(String level) implements Amount {
        }

        /** @param tokens upper bound of thought tokens; -1 = the model decides */
        record Budget(int tokens) implements Amount {
        }
    }
}
