package dev.hydra.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people write and read them. */
final class Moments {
    private static final Pattern AHEAD = Pattern.compile("([0-9]{1,5})([dhm])");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Moments() {
    }

    /** Reads {@code 30d}, {@code 12h}, {@code 45m} from now, {@code 2030-01-31} (its first moment here) or {@code 2030-01-31T00:00:00Z}. */
    static Instant parse(String text, Clock clock) {
        Matcher ahead = AHEAD.matcher(text);
        if (ahead.matches()) {
            long count = Long.parseLong(ahead.group(1));
            return clock.instant().plus(switch (ahead.group(2)) {
                case "d" -> Duration.ofDays(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofMinutes(count);
            });
        }
        try {
            return text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay(clock.getZone()).toInstant() : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandFailed("expires: \"" + text + "\" is not allowed; allowed: 30d, 12h, 45m, 2030-01-31 or 2030-01-31T00:00:00Z");
        }
    }

    /** In the machine's time zone, to the minute; the other text when there is none. */
    static String show(Optional<Instant> moment, String none) {
        return moment.map(value -> SHOWN.format(value.atZone(ZoneId.systemDefault()))).orElse(none);
    }
}
