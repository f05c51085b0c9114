package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used today of each quota; the day is Google's, midnight to midnight in America/Los_Angeles (spec mapping §4.4). Not thread-safe. */
final class Days {
    static final ZoneId GOOGLE = ZoneId.of("America/Los_Angeles");

    private final Map<Quota, Count> counts = new HashMap<>();
    private LocalDate today = LocalDate.MIN;
    private long tomorrow = Long.MIN_VALUE;

    /** What one quota has had of its latest day. Whoever adds to it often keeps it: a look by name touches memory that a large pool has in no cache. */
    static final class Count {
        private LocalDate date;
        private long requests;
        private long tokens;
        /** Whether its quota has another one by now, or none. */
        private boolean over;

        private Count(LocalDate date) {
            this.date = date;
        }

        /** A later day's replaces it, one of the same day is added. */
        private void add(LocalDate other, long moreRequests, long moreTokens) {
            int order = date.compareTo(other);
            if (order < 0) {
                set(other, moreRequests, moreTokens);
            } else if (order == 0) {
                set(date, requests + moreRequests, tokens + moreTokens);
            }
        }

        private void set(LocalDate day, long allRequests, long allTokens) {
            date = day;
            requests = allRequests;
            tokens = allTokens;
        }

        private Day day() {
            return new Day(date, requests, tokens);
        }
    }

    /** One more answer. @param known what this has returned before; null at first. @return the quota's count */
    Count answered(@Nullable Count known, String project, String model, long tokens, long now) {
        LocalDate date = today(now);
        Count count = known == null || known.over ? count(new Quota(project, model), date) : known;
        count.add(date, 1, tokens);
        return count;
    }

    void add(Quota quota, Day day) {
        count(quota, day.date()).add(day.date(), day.requests(), day.tokens());
    }

    private Count count(Quota quota, LocalDate date) {
        return counts.computeIfAbsent(quota, unknown -> new Count(date));
    }

    /** Others have counted too: the greater count holds. @return whether that was news */
    boolean atLeast(Quota quota, Day day, long now) {
        if (!day.date().equals(today(now))) {
            return false;
        }
        boolean known = counts.containsKey(quota);
        Count count = count(quota, day.date());
        Day before = count.day();
        count.set(day.date(), Math.max(before.requests(), day.requests()), Math.max(before.tokens(), day.tokens()));
        return !known || !count.day().equals(before);
    }

    /** What the provider has answered today. */
    long requests(Quota quota, long now) {
        today(now);
        Count count = counts.get(quota);
        return count == null ? 0 : count.requests;
    }

    /** When the next day begins, in milliseconds since 1970. */
    long tomorrow(long now) {
        today(now);
        return tomorrow;
    }

    /** What one project used was another's. */
    void move(String from, String to) {
        for (Quota quota : counts.keySet().stream().filter(known -> known.project().equals(from)).toList()) {
            Count count = counts.remove(quota);
            if (count != null) {
                count.over = true;
                add(new Quota(to, quota.model()), count.day());
            }
        }
    }

    /** Today's of one project, by model. Looks through all of them. */
    Map<String, Day> of(String project, long now) {
        today(now);
        Map<String, Day> found = new HashMap<>();
        counts.forEach((quota, count) -> {
            if (quota.project().equals(project)) {
                found.put(quota.model(), count.day());
            }
        });
        return found;
    }

    /** Today's. */
    Map<Quota, Day> current(long now) {
        today(now);
        Map<Quota, Day> days = new HashMap<>();
        counts.forEach((quota, count) -> days.put(quota, count.day()));
        return days;
    }

    int clear() {
        int all = counts.size();
        counts.values().forEach(count -> count.over = true);
        counts.clear();
        return all;
    }

    private LocalDate today(long now) {
        if (now >= tomorrow) {
            today = Instant.ofEpochMilli(now).atZone(GOOGLE).toLocalDate();
            tomorrow = today.plusDays(1).atStartOfDay(GOOGLE).toInstant().toEpochMilli();
            counts.values().removeIf(count -> {
                count.over = count.date.isBefore(today);
                return count.over;
            });
        }
        return today;
    }
}
