package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.Snapshot.Quota;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The day's counters against a map of sums, for those who keep a count and for those who ask by name. */
class DaysTest {
    private static final List<String> PROJECTS = List.of("a", "b", "c");
    private static final String MODEL = "m";
    private static final long HOUR = 3_600_000;

    private final Days days = new Days();
    private final Map<String, Days.Count> kept = new HashMap<>();
    private final Map<Quota, Day> sums = new HashMap<>();
    private long now = Instant.parse("2026-03-07T20:00:00Z").toEpochMilli();

    @Property(tries = 300)
    void noAnswerIsLostOrCountedTwice(@ForAll Random random) {
        for (int step = 0; step < 300; step++) {
            String project = PROJECTS.get(random.nextInt(PROJECTS.size()));
            switch (random.nextInt(12)) {
                case 0 -> pass(random.nextInt(9) * HOUR);
                case 1 -> move(project, PROJECTS.get(random.nextInt(PROJECTS.size())));
                case 2 -> restore(project, random);
                case 3 -> atLeast(project, random);
                case 4 -> clear(random);
                default -> answer(project, random);
            }
            assertThat(days.current(now)).isEqualTo(sums);
            assertThat(days.requests(new Quota(project, MODEL), now))
                    .isEqualTo(sums.containsKey(new Quota(project, MODEL)) ? sums.get(new Quota(project, MODEL)).requests() : 0);
            assertThat(days.of(project, now).get(MODEL)).isEqualTo(sums.get(new Quota(project, MODEL)));
        }
    }

    private LocalDate today() {
        return Instant.ofEpochMilli(now).atZone(Days.GOOGLE).toLocalDate();
    }

    private void pass(long time) {
        now += time;
        sums.values().removeIf(day -> day.date().isBefore(today()));
    }

    private void answer(String project, Random random) {
        int tokens = random.nextInt(1_000);
        if (random.nextBoolean()) {
            kept.put(project, days.answered(kept.get(project), project, MODEL, tokens, now));
        } else {
            days.answered(null, project, MODEL, tokens, now);
        }
        sum(new Quota(project, MODEL), new Day(today(), 1, tokens));
    }

    private void restore(String project, Random random) {
        Day day = new Day(today(), random.nextInt(5), random.nextInt(100));
        days.add(new Quota(project, MODEL), day);
        sum(new Quota(project, MODEL), day);
    }

    private void atLeast(String project, Random random) {
        Quota quota = new Quota(project, MODEL);
        Day told = new Day(today().minusDays(random.nextInt(4) / 3), random.nextInt(100), random.nextInt(50_000));
        Day known = sums.get(quota);
        if (told.date().equals(today())) {
            sums.put(quota, known == null ? told
                    : new Day(told.date(), Math.max(known.requests(), told.requests()), Math.max(known.tokens(), told.tokens())));
        }
        assertThat(days.atLeast(quota, told, now)).isEqualTo(!Objects.equals(sums.get(quota), known));
    }

    private void move(String from, String to) {
        if (!from.equals(to)) {
            days.move(from, to);
            Day moved = sums.remove(new Quota(from, MODEL));
            if (moved != null) {
                sum(new Quota(to, MODEL), moved);
            }
        }
    }

    private void clear(Random random) {
        if (random.nextInt(5) == 0) {
            assertThat(days.clear()).isEqualTo(sums.size());
            sums.clear();
        }
    }

    private void sum(Quota quota, Day day) {
        sums.merge(quota, day, (a, b) -> new Day(a.date(), a.requests() + b.requests(), a.tokens() + b.tokens()));
    }
}
