package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.Limit.Measure;
import dev.hydra.keys.Limit.Told;
import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of quotas: given, told and built in. */
class LimitsTest {
    private static final ZoneId GOOGLE = ZoneId.of("America/Los_Angeles");

    private static Pool policy(LimitMode mode, int concurrency) {
        return new Pool(Strategy.BALANCED, 0, mode, Duration.ofSeconds(20), 3, concurrency);
    }

    private static TestPool pool(String limits) {
        return new TestPool(policy(LimitMode.ENFORCE, 100), LimitTable.parse("[[limit]]\nmodels = \"*\"\n" + limits));
    }

    @Test
    void keysOfOneProjectShareItsRequestsAMinute() {
        TestPool pool = pool("rpm = 3");
        pool.add("p", Optional.empty());
        pool.add("p", Optional.empty());
        Instant first = pool.clock.instant();
        pool.use();
        pool.clock.advance(Duration.ofSeconds(10));
        pool.use();
        pool.use();

        Instant free = first.plusMillis(60_420);
        assertThat(pool.offer())
                .isEqualTo(new Offer.Cooling(free, false, "The quota per minute for 'gemini-2.5-flash' is used up on every key."));
        pool.clock.advance(Duration.between(pool.clock.instant(), free).minusMillis(1));
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        pool.clock.advance(Duration.ofMillis(1));
        pool.use();
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpm", "tpm", "rpd"})
    void aLimitOfZeroLetsNothingThrough(String figure) {
        TestPool pool = pool(figure + " = 0");
        pool.add("p", Optional.empty());

        assertThat(pool.offer()).isInstanceOfSatisfying(Offer.Cooling.class,
                cooling -> assertThat(cooling.message()).isEqualTo("No configured key has a quota for 'gemini-2.5-flash'."));
    }

    @Test
    void anotherModelHasAnotherQuota() {
        TestPool pool = pool("rpm = 1");
        pool.add("p", Optional.empty());
        pool.use();
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        pool.use("gemini-2.5-pro");
    }

    @Test
    void tokensAreReservedByEstimateAndSettledByRealUse() {
        TestPool pool = pool("tpm = 1000");
        pool.add("p", Optional.empty());
        Lease large = pool.lease(800);
        assertThat(pool.offer(300)).isInstanceOfSatisfying(Offer.Cooling.class,
                cooling -> assertThat(cooling.until()).isEqualTo(pool.clock.in(Duration.ofMillis(60_420))));
        Lease small = pool.lease(200);
        assertThat(pool.offer(1)).isInstanceOf(Offer.Cooling.class);

        large.succeeded(100, 5_000);
        Lease fits = pool.lease(700);
        small.succeeded(400, 400);
        assertThat(pool.offer(1)).isInstanceOf(Offer.Cooling.class);
        fits.coolUntil(Scope.KEY, pool.clock.instant(), false, "refused, so it did not count");
        pool.lease(500);
    }

    @Test
    void aRequestLargerThanTheLimitGetsAMinuteOfItsOwn() {
        TestPool pool = pool("tpm = 1000");
        pool.add("p", Optional.empty());
        pool.lease(5_000).succeeded(10, 10);
        assertThat(pool.offer(5_000)).isInstanceOf(Offer.Cooling.class);
        pool.clock.advance(Duration.ofMillis(60_420));
        pool.lease(5_000);
        assertThat(pool.offer(1)).isInstanceOf(Offer.Cooling.class);
    }

    @Test
    void aSmallRequestGoesWhereALargeOneDoesNotFit() {
        TestPool pool = pool("tpm = 1000");
        String first = pool.add("p1", Optional.empty());
        String second = pool.add("p2", Optional.empty());
        assertThat(pool.lease(900).keyId()).isEqualTo(first);
        assertThat(pool.lease(500).keyId()).isEqualTo(second);
        assertThat(pool.lease(450).keyId()).isEqualTo(second);
        assertThat(pool.lease(90).keyId()).isEqualTo(first);
    }

    /** Days of 23 and 25 hours among them. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01", "2026-07-01"})
    void aDaysQuotaIsWholeAgainAtMidnightInLosAngeles(LocalDate date) {
        TestPool pool = pool("rpd = 2");
        pool.add("p", Optional.empty());
        Instant midnight = date.plusDays(1).atStartOfDay(GOOGLE).toInstant();
        pool.clock.advance(Duration.between(pool.clock.instant(), date.atStartOfDay(GOOGLE).toInstant()));
        pool.use();
        Lease open = pool.lease();
        assertThat(pool.offer())
                .isEqualTo(new Offer.Cooling(midnight, true, "The day's quota for 'gemini-2.5-flash' is used up on every key."));
        open.close();
        pool.use();
        pool.clock.advance(Duration.between(pool.clock.instant(), midnight).minusMillis(1));
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        pool.clock.advance(Duration.ofMillis(1));
        pool.use();
    }

    @Test
    void whatTheApiTellsIsKeptFromThenOn() {
        TestPool pool = new TestPool(policy(LimitMode.LEARN, 100));
        pool.add("p", Optional.empty());
        for (int i = 0; i < 4; i++) {
            pool.use();
        }
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(61)), false, "429",
                List.of(new Told(Measure.REQUESTS_PER_MINUTE, 4)));
        pool.clock.advance(Duration.ofSeconds(61));
        for (int i = 0; i < 4; i++) {
            pool.use();
        }
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        assertThat(pool.state.snapshot().limits().values()).extracting(Snapshot.ToldLimit::limit)
                .containsExactly(new Limit(4, Limit.UNKNOWN, Limit.UNKNOWN));
        pool.state.reset();
        pool.use();
    }

    @Test
    void theApisWordCorrectsTheOperators() {
        TestPool pool = pool("rpm = 10\nrpd = 100");
        pool.add("p", Optional.empty());
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.instant(), false, "429", List.of(new Told(Measure.REQUESTS_PER_MINUTE, 2)));
        pool.use();
        pool.use();
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        assertThat(pool.state.snapshot().fills().values()).extracting(Snapshot.Fill::limit)
                .containsExactly(new Limit(2, Limit.UNKNOWN, 100));
    }

    @Test
    void aToldLimitIsDoubtedAfterAWeek() {
        TestPool pool = new TestPool(policy(LimitMode.LEARN, 100));
        pool.add("p", Optional.empty());
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.instant(), false, "429", List.of(new Told(Measure.REQUESTS_PER_MINUTE, 1)));
        pool.clock.advance(Duration.ofDays(7));
        pool.use();
        pool.use();
    }

    @Test
    void builtInFiguresSpreadButRefuseNobody() {
        TestPool pool = new TestPool(new Pool(Strategy.SEQUENTIAL, 0, LimitMode.ENFORCE, Duration.ZERO, 3, 100));
        String first = pool.add("p1", Optional.empty());
        String second = pool.add("p2", Optional.empty());
        List<String> used = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            used.add(pool.use());
        }
        assertThat(used.subList(0, 5)).containsOnly(first);
        assertThat(used.subList(5, 10)).containsOnly(second);
        assertThat(used.subList(10, 20)).containsOnly(first);
        pool.clock.advance(Duration.ofMinutes(2));
        assertThat(pool.use()).isEqualTo(first);
    }

    @Test
    void withoutLimitsNothingIsCounted() {
        TestPool pool = new TestPool(policy(LimitMode.OFF, 1));
        pool.add("p", Optional.empty());
        pool.lease();
        pool.lease().coolUntil(Scope.KEY_MODEL, pool.clock.instant(), false, "429", List.of(new Told(Measure.REQUESTS_PER_MINUTE, 1)));
        pool.lease();
        assertThat(pool.state.snapshot().fills()).isEmpty();
    }

    @Test
    void aKeyNeverHasMoreRequestsAtOnceThanItShould() {
        TestPool pool = new TestPool(policy(LimitMode.ENFORCE, 2));
        pool.add("p", Optional.empty());
        pool.add("p", Optional.empty());
        List<Lease> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(pool.lease(i % 2 == 0 ? "a" : "b"));
        }
        assertThat(open).extracting(Lease::keyId).containsExactlyInAnyOrder(pool.ids.get(0), pool.ids.get(0), pool.ids.get(1),
                pool.ids.get(1));
        assertThat(pool.offer("a")).isInstanceOfSatisfying(Offer.Cooling.class, busy -> assertThat(busy.daily()).isFalse());
        open.get(1).close();
        assertThat(pool.lease("a").keyId()).isEqualTo(open.get(1).keyId());
    }

    @Test
    void modelsOfAGroupShareAQuotaAndCoolTogether() {
        TestPool pool = pool("rpm = 3");
        pool.add("p", Optional.empty());
        pool.use("a");
        pool.use("b");
        pool.state.regroup(java.util.Map.of("a", "ab", "b", "ab"));
        pool.use("a");
        assertThat(pool.offer("b")).isInstanceOf(Offer.Cooling.class);
        pool.use("c");

        TestPool cooling = new TestPool(policy(LimitMode.LEARN, 3));
        cooling.add("p", Optional.empty());
        cooling.state.regroup(java.util.Map.of("a", "ab", "b", "ab"));
        cooling.lease("a").coolUntil(Scope.PROJECT_MODEL, cooling.clock.in(Duration.ofSeconds(9)), false, "429");
        assertThat(cooling.offer("b")).isInstanceOf(Offer.Cooling.class);
        cooling.use("c");
    }

    @Test
    void projectsThatTurnOutToBeOneShareTheirSum() {
        TestPool pool = pool("rpm = 4");
        String first = pool.add("", Optional.empty());
        pool.add("", Optional.empty());
        pool.use();
        pool.use();
        Lease open = pool.lease(TestPool.MODEL, Set.of(first));
        pool.state.assign(first, "projects/1");
        open.learnProject("projects/1");
        pool.use();
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        open.coolUntil(Scope.KEY, pool.clock.instant(), false, "refused");
        pool.use();
    }

    @Test
    void aGuessedRestGrowsUntilASuccess() {
        TestPool pool = new TestPool(policy(LimitMode.LEARN, 3));
        pool.add("p", Optional.empty());
        for (int seconds : new int[] {5, 15, 60, 300, 300}) {
            pool.lease().coolForAWhile(pool.clock.in(Duration.ofSeconds(5)), "429");
            assertThat(pool.offer()).isInstanceOfSatisfying(Offer.Cooling.class,
                    cooling -> assertThat(cooling.until()).isEqualTo(pool.clock.in(Duration.ofSeconds(seconds))));
            pool.clock.advance(Duration.ofSeconds(seconds));
        }
        pool.use();
        pool.lease().coolForAWhile(pool.clock.in(Duration.ofSeconds(5)), "429");
        pool.clock.advance(Duration.ofSeconds(5));
        pool.use();
    }
}
