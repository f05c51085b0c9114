package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The choice of a key against a plain model of the rules that looks at every key. */
class ChoicePropertyTest {
    private static final List<String> MODELS = List.of("a", "b", "c");
    private static final int LIMIT = 2;

    @Property(tries = 1000)
    void aUsableKeyIsAlwaysFoundAndAnUnusableOneNeverGiven(@ForAll Random random, @ForAll @IntRange(min = 1, max = 9) int keys,
            @ForAll @IntRange(min = 1, max = 4) int projects, @ForAll Strategy strategy,
            @ForAll @DoubleRange(min = 0, max = 1) double tolerance) {
        Oracle oracle = new Oracle(random, strategy, tolerance);
        for (int i = 0; i < keys; i++) {
            oracle.join(projects);
        }
        for (int step = 0; step < 120; step++) {
            oracle.step(projects);
        }
        oracle.end();
    }

    @Property(tries = 100)
    void balancedUseIsEvenOverProjectsAndOverTheKeysOfEach38(@ForAll @IntRange(min = 1, max = 12) int projects,
            @ForAll @IntRange(min = 1, max = 4) int keysEach, @ForAll @IntRange(min = 0, max = 300) int requests) {
        TestPool pool = new TestPool(TestPool.policy(Strategy.BALANCED, 0, 3));
        for (int i = 0; i < projects * keysEach; i++) {
            pool.add("project-" + i % projects, Optional.empty());
        }
        Map<String, Integer> byKey = new HashMap<>();
        Map<Integer, Integer> byProject = new HashMap<>();
        pool.ids.forEach(id -> byKey.put(id, 0));
        for (int i = 0; i < requests; i++) {
            String used = pool.use();
            byKey.merge(used, 1, Integer::sum);
            byProject.merge(pool.ids.indexOf(used) % projects, 1, Integer::sum);
        }
        assertThat(spread(byKey.values())).isLessThanOrEqualTo(1);
        assertThat(byProject.values().stream().mapToInt(Integer::intValue).max().orElse(0)
                - (byProject.size() < projects ? 0 : byProject.values().stream().mapToInt(Integer::intValue).min().orElse(0)))
                .isLessThanOrEqualTo(1);
    }

    @Property(tries = 100)
    void balancedRequestsAtOnceAreEvenToo(@ForAll @IntRange(min = 1, max = 20) int keys,
            @ForAll @IntRange(min = 0, max = 100) int requests) {
        TestPool pool = TestPool.balanced(keys);
        for (int i = 0; i < requests; i++) {
            pool.lease();
        }
        assertThat(spread(pool.state.snapshot().keys().values().stream().map(Snapshot.KeyView::inFlight).toList())).isLessThanOrEqualTo(1);
    }

    @Property(tries = 100)
    void sequentialUsesOneUpThenTheNext(@ForAll @IntRange(min = 1, max = 8) int keys) {
        TestPool pool = TestPool.sequential(keys);
        for (String expected : pool.ids) {
            for (int i = 0; i < 5; i++) {
                assertThat(pool.use()).isEqualTo(expected);
            }
            pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofHours(1)), true, "used up");
        }
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        pool.clock.advance(Duration.ofHours(1));
        assertThat(pool.use()).isEqualTo(pool.ids.getFirst());
    }

    private static int spread(Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0) - counts.stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** Does random things to a pool and knows by the plain rules what must come out. */
    private static final class Oracle {
        private final Random random;
        private final TestPool pool;
        private final Map<String, String> projects = new HashMap<>();
        private final Set<String> gone = new HashSet<>();
        private final Map<String, Instant> rests = new HashMap<>();
        private final Map<Lease, String> open = new HashMap<>();
        private final Map<String, Integer> inFlight = new HashMap<>();

        Oracle(Random random, Strategy strategy, double tolerance) {
            this.random = random;
            this.pool = new TestPool(TestPool.policy(strategy, tolerance, LIMIT));
        }

        void join(int among) {
            int number = random.nextInt(among + 1);
            String project = number == 0 ? "" : "p" + number;
            String id = pool.add(project, Optional.empty());
            projects.put(id, project.isEmpty() ? "key:" + id : project);
        }

        void step(int among) {
            switch (random.nextInt(10)) {
                case 0 -> pool.clock.advance(Duration.ofSeconds(random.nextInt(40)));
                case 1 -> toggle(pool.ids.get(random.nextInt(pool.ids.size())));
                case 2 -> join(among);
                case 3, 4, 5 -> release();
                default -> claim(MODELS.get(random.nextInt(MODELS.size())));
            }
        }

        private void toggle(String id) {
            if (gone.remove(id)) {
                String project = projects.get(id).startsWith("key:") ? "" : projects.get(id);
                pool.state.join(new Member(id, project, LIMIT, Optional.empty()));
            } else {
                gone.add(id);
                pool.state.leave(id);
            }
        }

        private void claim(String model) {
            List<String> free = pool.ids.stream().filter(id -> !gone.contains(id) && until(id, model).isEmpty()).toList();
            Set<String> tried = random.nextInt(4) == 0 && !free.isEmpty() ? Set.of(free.get(random.nextInt(free.size()))) : Set.of();
            List<String> good = free.stream().filter(id -> !tried.contains(id)).toList();
            Offer offer = pool.pool.lease(new LeaseRequest(model, 0, List.of(), tried));
            if (offer instanceof Offer.Granted granted) {
                String id = granted.lease().keyId();
                assertThat(good).contains(id);
                if (good.stream().anyMatch(other -> busy(other) < LIMIT)) {
                    assertThat(busy(id)).as("requests of a key while others have room").isLessThan(LIMIT);
                } else {
                    assertThat(busy(id)).as("requests of the least loaded").isLessThanOrEqualTo(
                            good.stream().filter(other -> projects.get(other).equals(projects.get(id))).mapToInt(this::busy).min()
                                    .orElse(0));
                }
                open.put(granted.lease(), model);
                inFlight.merge(id, 1, Integer::sum);
            } else {
                assertThat(good).as("usable keys although %s", offer).isEmpty();
                refused(offer, model, tried);
            }
        }

        private void refused(Offer offer, String model, Set<String> tried) {
            List<Instant> ends = pool.ids.stream().filter(id -> !gone.contains(id)).flatMap(id -> until(id, model).stream()).toList();
            if (offer instanceof Offer.Cooling cooling) {
                assertThat(cooling.until()).isEqualTo(ends.stream().min(Instant::compareTo).orElseThrow());
            } else {
                assertThat(ends.isEmpty() || !tried.isEmpty()).isTrue();
            }
        }

        private int busy(String id) {
            return inFlight.getOrDefault(id, 0);
        }

        private Optional<Instant> until(String id, String model) {
            String project = projects.get(id);
            Instant latest = Instant.MIN;
            for (String place : List.of("k" + id, "k" + id + model, "p" + project, "p" + project + model)) {
                Instant end = rests.getOrDefault(place, Instant.MIN);
                latest = end.isAfter(latest) ? end : latest;
            }
            return latest.isAfter(pool.clock.instant()) ? Optional.of(latest) : Optional.empty();
        }

        private void release() {
            if (open.isEmpty()) {
                return;
            }
            Lease lease = new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
            String model = open.remove(lease);
            inFlight.merge(lease.keyId(), -1, Integer::sum);
            if (random.nextBoolean()) {
                lease.succeeded(1);
                return;
            }
            Scope scope = Scope.values()[random.nextInt(4)];
            String place = switch (scope) {
                case KEY -> "k" + lease.keyId();
                case KEY_MODEL -> "k" + lease.keyId() + model;
                case PROJECT -> "p" + projects.get(lease.keyId());
                case PROJECT_MODEL -> "p" + projects.get(lease.keyId()) + model;
            };
            Instant end = pool.clock.in(Duration.ofSeconds(random.nextInt(60)));
            rests.merge(place, end, (old, late) -> late.isAfter(old) ? late : old);
            lease.coolUntil(scope, end, false, "");
        }

        void end() {
            open.keySet().forEach(Lease::close);
            assertThat(pool.inFlight()).isZero();
        }
    }
}
