package dev.hydra.conversation;

/**
 * Tokens of one exchange, as the provider counted them; a count that it did not give is 0.
 *
 * @param prompt     all input tokens, cached ones and those of hosted tools included
 * @param cached     the part of {@code prompt} that came from a cache
 * @param completion all output tokens, thoughts included
 * @param reasoning  the part of {@code completion} that is thoughts
 * @param total      the provider's own sum
 */
public record Usage(long prompt, long cached, long completion, long reasoning, long total, Modalities promptDetails,
        Modalities completionDetails) {
    /** Nothing was counted. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Modalities.NONE, Modalities.NONE);

    /** Tokens by kind; 0 where not told. {@code image} includes video and documents. */
    public record Modalities(long text, long image, long audio) {
        /** Nothing told. */
        public static final Modalities NONE = new Modalities(0, 0, 0);
    }
}
