package dev.hydra.keys;

/**
 * What one project may use of one model, or of the models of one quota group.
 *
 * @param rpm requests a minute
 * @param tpm input tokens a minute: what the Gemini API counts ({@code GenerateContentInputTokensPerModelPerMinute}, spec mapping §4.4)
 * @param rpd requests a day, from midnight to midnight in America/Los_Angeles
 */
public record Limit(long rpm, long tpm, long rpd) {
    /** No limit of this kind is known. */
    public static final long UNKNOWN = Long.MAX_VALUE;
    /** No limit is known. */
    public static final Limit NONE = new Limit(UNKNOWN, UNKNOWN, UNKNOWN);

    /** Whether it lets no request through at any time. */
    boolean closed() {
        return rpm == 0 || tpm == 0 || rpd == 0;
    }

    /** With one figure as the provider told it. @param value positive */
    Limit with(Told told) {
        return switch (told.measure()) {
            case REQUESTS_PER_MINUTE -> new Limit(told.value(), tpm, rpd);
            case INPUT_TOKENS_PER_MINUTE -> new Limit(rpm, told.value(), rpd);
            case REQUESTS_PER_DAY -> new Limit(rpm, tpm, told.value());
        };
    }

    /** This one's figures, and the other's where this one has none. */
    Limit orElse(Limit other) {
        return new Limit(rpm == UNKNOWN ? other.rpm : rpm, tpm == UNKNOWN ? other.tpm : tpm, rpd == UNKNOWN ? other.rpd : rpd);
    }

    /** A part of it, at least one of everything. @param parts positive */
    Limit share(int parts) {
        return parts == 1 ? this : new Limit(share(rpm, parts), share(tpm, parts), share(rpd, parts));
    }

    private static long share(long figure, int parts) {
        return figure == UNKNOWN || figure == 0 ? figure : Math.max(1, figure / parts);
    }

    /** What a limit counts. */
    public enum Measure {
        /** Requests in any 60 seconds. */
        REQUESTS_PER_MINUTE,
        /** Tokens of requests, not of replies, in any 60 seconds. */
        INPUT_TOKENS_PER_MINUTE,
        /** Requests of a day in America/Los_Angeles. */
        REQUESTS_PER_DAY
    }

    /** One figure as the provider told it in a 429 ({@code quotaValue}). @param value positive */
    public record Told(Measure measure, long value) {
    }
}
