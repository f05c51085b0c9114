package dev.hydra.conversation;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the client wants of the answer, apart from its words.
 *
 * @param maxTokens     upper bound of output tokens, thoughts included (spec mapping §1.5)
 * @param stop          texts that end the answer; never null
 * @param candidates    how many answers; at least 1
 * @param topLogprobs   alternatives a token; empty = no log probabilities, 0 = the chosen token's alone
 * @param parallelCalls false when the client wants at most one tool call a step
 * @param modalities    {@code text}, {@code image}, {@code audio} in lower case; empty = the model's default
 * @param voice         name of the wanted voice; empty = default
 * @param serviceTier   {@code standard}, {@code flex}, {@code priority}; empty = not said
 * @param google        fields of a Gemini request that the client gave as such ({@code extra_body.google}), keys in camelCase; may be empty
 */
public record Options(Sampling sampling, Thinking thinking, Format format, OptionalInt maxTokens, List<String> stop, int candidates,
        OptionalInt topLogprobs, boolean parallelCalls, List<String> modalities, String voice, String serviceTier, JsonObject google) {
    /** Nothing said. */
    public static final Options UNSET = new Options(Sampling.UNSET, Thinking.UNSET, new Format.Plain(), OptionalInt.empty(), List.of(), 1,
            OptionalInt.empty(), true, List.of(), "", "", JsonValue.EMPTY_JSON_OBJECT);
}
