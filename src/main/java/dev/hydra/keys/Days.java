package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** What was used today of each quota; the day is Google's, midnight to midnight in America/Los_Angeles (spec mapping §4.4). Not thread-safe. */
final class Days {
    static final ZoneId GOOGLE = ZoneId.of("America/Los_Angeles");

    private final Map<Quota, Day> days = new HashMap<>();
    private LocalDate today = LocalDate.MIN;
    private long tomorrow = Long.MIN_VALUE;

    void add(Quota quota, long requests, long tokens, long now) {
        LocalDate date = today(now);
        days.merge(quota, new Day(date, requests, tokens), Days::sum);
    }

    void add(Quota quota, Day day) {
        days.merge(quota, day, Days::sum);
    }

    /** Others have counted too: the greater count holds. @return whether that was news */
    boolean atLeast(Quota quota, Day day, long now) {
        if (!day.date().equals(today(now))) {
            return false;
        }
        Day known = days.get(quota);
        Day greater = known == null ? day
                : new Day(day.date(), Math.max(known.requests(), day.requests()), Math.max(known.tokens(), day.tokens()));
        days.put(quota, greater);
        return !greater.equals(known);
    }

    /** What the provider has answered today. */
    long requests(Quota quota, long now) {
        today(now);
        Day day = days.get(quota);
        return day == null ? 0 : day.requests();
    }

    /** When the next day begins, in milliseconds since 1970. */
    long tomorrow(long now) {
        today(now);
        return tomorrow;
    }

    /** What one project used was another's. */
    void move(String from, String to) {
        for (Quota quota : days.keySet().stream().filter(known -> known.project().equals(from)).toList()) {
            Day day = days.remove(quota);
            if (day != null) {
                add(new Quota(to, quota.model()), day);
            }
        }
    }

    /** Today's of one project, by model. Looks through all of them. */
    Map<String, Day> of(String project, long now) {
        today(now);
        Map<String, Day> found = new HashMap<>();
        days.forEach((quota, day) -> {
            if (quota.project().equals(project)) {
                found.put(quota.model(), day);
            }
        });
        return found;
    }

    /** Today's. */
    Map<Quota, Day> current(long now) {
        today(now);
        return new HashMap<>(days);
    }

    int clear() {
        int count = days.size();
        days.clear();
        return count;
    }

    private LocalDate today(long now) {
        if (now >= tomorrow) {
            today = Instant.ofEpochMilli(now).atZone(GOOGLE).toLocalDate();
            tomorrow = today.plusDays(1).atStartOfDay(GOOGLE).toInstant().toEpochMilli();
            days.values().removeIf(day -> day.date().isBefore(today));
        }
        return today;
    }

    /** The later day's; the sum when it is the same day. */
    private static Day sum(Day a, Day b) {
        int order = a.date().compareTo(b.date());
        if (order != 0) {
            return order > 0 ? a : b;
        }
        return new Day(a.date(), a.requests() + b.requests(), a.tokens() + b.tokens());
    }
}
