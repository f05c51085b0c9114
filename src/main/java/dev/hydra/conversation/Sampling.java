package dev.hydra.conversation;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How the next token is drawn; every field empty where the client said nothing. Ranges are the provider's to check. */
public record Sampling(OptionalDouble temperature, OptionalDouble topP, OptionalInt topK, OptionalLong seed,
        OptionalDouble presencePenalty, OptionalDouble frequencyPenalty) {
    /** Nothing said. */
    public static final Sampling UNSET = new Sampling(OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(),
            OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
