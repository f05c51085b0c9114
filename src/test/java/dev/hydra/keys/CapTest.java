package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cap in an operator's words, and when its periods begin. */
class CapTest {
    private static final ZoneId[] ZONES = {ZoneId.of("UTC"), ZoneId.of("America/Los_Angeles"), ZoneId.of("Europe/Berlin"),
        ZoneId.of("Asia/Kolkata"), ZoneId.of("Pacific/Apia")};

    @Test
    void whatIsNotSaidHasADefault() {
        Cap cap = Cap.of("pro", Map.of("models", "gemini-2.5-pro*", "limit", "100"));
        assertThat(cap)
                .isEqualTo(new Cap("pro", "gemini-2.5-pro*", 100, Cap.Unit.REQUESTS, CapPeriod.DAY, Cap.Per.ALL, Cap.Action.REJECT, true,
                        80, LocalTime.MIDNIGHT, ZoneId.of("America/Los_Angeles")));
        assertThat(Cap.of("pro", cap.fields())).isEqualTo(cap);
        assertThat(cap.words()).isEqualTo("100 requests a day");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit      | 0          | a whole number from 1 to 1000000000000000
            limit      | many       | a whole number from 1
            limit      | 1.5        | a whole number from 1
            unit       | money      | requests, tokens
            period     | year       | hour, day, week, month
            per        | key        | all, account
            action     | queue      | try_next, reject
            enabled    | perhaps    | true or false
            alert      | 101        | a whole number from 1 to 100
            reset_time | 25:00      | a time of day such as 00:00
            zone       | Mars/North | a time zone such as UTC
            models     | 'a b'      | a model's name, * for any text
            price      | 3          | action, alert, enabled, per, period, reset_time, unit, zone as fields of a cap
            """)
    void whatCannotBeTakenIsNamedWithWhatIsAllowed(String field, String value, String allowed) {
        Map<String, String> fields = new HashMap<>(Map.of("models", "m", "limit", "5"));
        fields.put(field, value);
        assertThatThrownBy(() -> Cap.of("c", fields)).isInstanceOfSatisfying(InvalidEntry.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e).hasMessageStartingWith(field + ": \"" + value + "\" is not allowed; allowed: ").hasMessageContaining(allowed);
        });
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> Cap.of("c", Map.of("models", "m"))).hasMessageStartingWith("limit: \"\" is not allowed");
        assertThatThrownBy(() -> Cap.of("c", Map.of("limit", "1"))).hasMessageStartingWith("models: \"\" is not allowed");
        assertThatThrownBy(() -> Cap.of("a name", Map.of("models", "m", "limit", "1"))).hasMessageStartingWith("name: \"a name\" is not");
        assertThatThrownBy(() -> Cap.of("", Map.of("models", "m", "limit", "1"))).hasMessageStartingWith("name: \"\" is not");
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 00:00, UTC, 2026-03-10T12:00:00Z, 2026-03-10T00:00:00Z, 2026-03-11T00:00:00Z",
        "DAY, 06:30, Europe/Berlin, 2026-03-10T05:29:59Z, 2026-03-09T05:30:00Z, 2026-03-10T05:30:00Z",
        "DAY, 00:00, America/Los_Angeles, 2026-03-08T20:00:00Z, 2026-03-08T08:00:00Z, 2026-03-09T07:00:00Z",
        "DAY, 00:00, America/Los_Angeles, 2026-11-01T20:00:00Z, 2026-11-01T07:00:00Z, 2026-11-02T08:00:00Z",
        "DAY, 02:30, America/Los_Angeles, 2026-03-08T20:00:00Z, 2026-03-08T10:30:00Z, 2026-03-09T09:30:00Z",
        "HOUR, 03:15, Asia/Kolkata, 2026-03-10T12:00:00Z, 2026-03-10T11:45:00Z, 2026-03-10T12:45:00Z",
        "WEEK, 00:00, UTC, 2026-03-10T12:00:00Z, 2026-03-09T00:00:00Z, 2026-03-16T00:00:00Z",
        "WEEK, 13:00, UTC, 2026-03-09T12:59:59Z, 2026-03-02T13:00:00Z, 2026-03-09T13:00:00Z",
        "MONTH, 00:00, UTC, 2026-03-31T23:00:00Z, 2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
        "MONTH, 12:00, UTC, 2026-03-01T11:00:00Z, 2026-02-01T12:00:00Z, 2026-03-01T12:00:00Z"})
    void periodsBeginAtTheResetTime(CapPeriod period, LocalTime reset, ZoneId zone, Instant now, Instant begin, Instant end) {
        assertThat(period.begin(now, reset, zone)).isEqualTo(begin);
        assertThat(period.end(now, reset, zone)).isEqualTo(end);
    }

    /** Whatever daylight saving does: every moment is in one period, and periods follow each other without a gap. */
    @Property(tries = 2_000)
    void periodsFollowEachOther(@ForAll CapPeriod period, @ForAll @IntRange(min = 0, max = 1439) int minute,
            @ForAll @IntRange(min = 0, max = 4) int zone, @ForAll @LongRange(min = 1_700_000_000, max = 1_900_000_000) long second) {
        LocalTime reset = LocalTime.ofSecondOfDay(minute * 60L);
        Instant now = Instant.ofEpochSecond(second);
        Instant begin = period.begin(now, reset, ZONES[zone]);
        Instant end = period.end(now, reset, ZONES[zone]);
        assertThat(begin).isBeforeOrEqualTo(now);
        assertThat(end).isAfter(now);
        assertThat(period.begin(end, reset, ZONES[zone])).isEqualTo(end);
        assertThat(period.begin(end.minusMillis(1), reset, ZONES[zone])).isEqualTo(begin);
        assertThat(Duration.between(begin, end)).isBetween(Duration.ofMinutes(60), Duration.ofDays(32));
    }
}
