package dev.hydra.upstream;

import java.time.Duration;
import java.util.Optional;

/** Google's durations: {@code 56s}, {@code 34.4s}, {@code 900ms}, and in messages also {@code 3h20m5.1s} (spec mapping §4.1). */
final class GoogleDuration {
    private static final double LONGEST_MILLIS = Duration.ofDays(10).toMillis();
    /** Longer numbers are nonsense. */
    private static final int LONGEST_NUMBER = 32;

    private GoogleDuration() {
    }

    /**
     * Reads the duration that begins at an index; what follows it is not looked at.
     *
     * @return to the millisecond, rounded up, at most 10 days; empty when there is none or it is negative
     */
    static Optional<Duration> at(String text, int from) {
        double millis = 0;
        int at = from;
        int end = numberEnd(text, at);
        boolean found = false;
        while (end > at && end - at <= LONGEST_NUMBER && text.charAt(at) != '.') {
            double unit = unitMillis(text, end);
            if (unit == 0) {
                break;
            }
            millis += Double.parseDouble(text.substring(at, end)) * unit;
            found = true;
            at = end + (unit == 1 ? 2 : 1);
            end = numberEnd(text, at);
        }
        return found ? Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(millis, LONGEST_MILLIS)))) : Optional.empty();
    }

    /** The end of digits with at most one point among them. */
    private static int numberEnd(String text, int from) {
        int at = from;
        boolean point = false;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.' && !point)) {
            point |= text.charAt(at) == '.';
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** 0 when no unit is there. */
    private static double unitMillis(String text, int at) {
        if (text.startsWith("ms", at)) {
            return 1;
        }
        return switch (at < text.length() ? text.charAt(at) : ' ') {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 0;
        };
    }
}
