package dev.hydra.keys;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How often a cap begins anew. Days have 23, 24 or 25 hours where the zone has daylight saving. */
public enum CapPeriod {
    /** At the reset time's minute of each hour. */
    HOUR,
    /** Each day at the reset time. */
    DAY,
    /** Each Monday at the reset time. */
    WEEK,
    /** On the first of each month at the reset time. */
    MONTH;

    /** When the period began that {@code now} is in. Inclusive. */
    Instant begin(Instant now, LocalTime reset, ZoneId zone) {
        ZonedDateTime there = now.atZone(zone);
        if (this == HOUR) {
            Instant hour = there.truncatedTo(ChronoUnit.HOURS).plusMinutes(reset.getMinute()).toInstant();
            return hour.isAfter(now) ? hour.minus(1, ChronoUnit.HOURS) : hour;
        }
        LocalDate first = first(there.toLocalDate());
        Instant begin = first.atTime(reset).atZone(zone).toInstant();
        return begin.isAfter(now) ? first(first.minusDays(1)).atTime(reset).atZone(zone).toInstant() : begin;
    }

    /** When the next period begins. Exclusive. */
    Instant end(Instant now, LocalTime reset, ZoneId zone) {
        Instant begin = begin(now, reset, zone);
        if (this == HOUR) {
            return begin.plus(1, ChronoUnit.HOURS);
        }
        LocalDate date = begin.atZone(zone).toLocalDate();
        return (switch (this) {
            case WEEK -> date.plusWeeks(1);
            case MONTH -> date.plusMonths(1);
            case HOUR, DAY -> date.plusDays(1);
        }).atTime(reset).atZone(zone).toInstant();
    }

    private LocalDate first(LocalDate date) {
        return switch (this) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case HOUR, DAY -> date;
        };
    }
}
