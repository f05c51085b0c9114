package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.settings.Settings.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every outcome of a lease along a timeline. Numbers are rows of spec/defects.md. */
class LeaseTimelineTest {
    private static final String OTHER = "gemini-2.5-pro";

    @Test
    void aQuotaRestsItsProjectAndModelUntilTheTimeToldAndNothingElse() {
        TestPool pool = new TestPool(TestPool.policy(Strategy.BALANCED, 0, 3));
        String first = pool.add("p1", Optional.empty());
        String sibling = pool.add("p1", Optional.empty());
        String stranger = pool.add("p2", Optional.empty());
        Instant end = pool.clock.in(Duration.ofSeconds(30));

        pool.lease().coolUntil(Scope.PROJECT_MODEL, end, false, "per minute");

        // 29: neither the other project nor the other model rests.
        assertThat(List.of(pool.use(), pool.use(), pool.use())).containsOnly(stranger);
        assertThat(List.of(pool.use(OTHER), pool.use(OTHER), pool.use(OTHER))).containsAnyOf(first, sibling).contains(stranger);
        pool.clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(pool.use()).isEqualTo(stranger);
        pool.clock.advance(Duration.ofMillis(1));
        assertThat(List.of(pool.use(), pool.use(), pool.use())).contains(stranger).containsAnyOf(first, sibling);
    }

    @Test
    void coolingAgainNeverShortensARest31() {
        TestPool pool = TestPool.balanced(1);
        Lease first = pool.lease();
        Lease second = pool.lease();
        Instant later = pool.clock.in(Duration.ofMinutes(10));
        first.coolUntil(Scope.PROJECT_MODEL, later, true, "daily");
        second.coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(5)), false, "per minute");
        assertThat(pool.offer())
                .isEqualTo(new Offer.Cooling(later, true, "The day's quota for 'gemini-2.5-flash' is used up on every key."));

        pool.clock.advance(Duration.ofMinutes(10));
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofSeconds(5)), false, "per minute");
        Lease lease = new TestPool(TestPool.policy(Strategy.BALANCED, 0, 3)).with(1).lease();
        lease.close();
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
    }

    @Test
    void aRestingKeyIsNotServedInBetween32() {
        TestPool pool = TestPool.balanced(2);
        String resting = pool.use();
        pool.lease(TestPool.MODEL, pool.ids.stream().filter(id -> !id.equals(resting)).findFirst().orElseThrow())
                .coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofMinutes(2)), false, "");
        for (int second = 0; second < 119; second++) {
            pool.clock.advance(Duration.ofSeconds(1));
            assertThat(pool.use()).isNotEqualTo(resting);
        }
        pool.clock.advance(Duration.ofSeconds(1));
        assertThat(Set.of(pool.use(), pool.use())).contains(resting);
    }

    @Test
    void aDaysQuotaRestsUntilTheNextDayAndIsNoBlacklisting35() {
        TestPool pool = TestPool.balanced(1);
        Instant midnight = Instant.parse("2026-03-11T07:00:00Z");
        pool.lease().coolUntil(Scope.PROJECT_MODEL, midnight, true, "per day");
        assertThat(pool.offer()).isInstanceOfSatisfying(Offer.Cooling.class, cooling -> {
            assertThat(cooling.until()).isEqualTo(midnight);
            assertThat(cooling.daily()).isTrue();
        });
        pool.clock.advance(Duration.between(pool.clock.instant(), midnight));
        assertThat(pool.use()).isEqualTo(pool.ids.getFirst());
    }

    @Test
    void theFirstOfAllRestsIsTold() {
        TestPool pool = TestPool.balanced(3);
        Instant first = pool.clock.in(Duration.ofSeconds(7));
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.in(Duration.ofHours(5)), true, "");
        pool.lease().coolUntil(Scope.PROJECT_MODEL, first, false, "");
        pool.lease().modelUnavailable(Scope.KEY_MODEL, pool.clock.in(Duration.ofSeconds(2)), "missing");
        assertThat(pool.offer())
                .isEqualTo(new Offer.Cooling(first, false, "The quota per minute for 'gemini-2.5-flash' is used up on every key."));
    }

    @Test
    void absurdDelaysAreCutToThirtyHours() {
        TestPool pool = TestPool.balanced(1);
        pool.lease().coolUntil(Scope.KEY, pool.clock.in(Duration.ofDays(4000)), false, "");
        assertThat(pool.offer()).isInstanceOfSatisfying(Offer.Cooling.class,
                cooling -> assertThat(cooling.until()).isEqualTo(pool.clock.in(Duration.ofHours(30))));
    }

    @Test
    void aTimeThatHasPassedIsNoRest() {
        TestPool pool = TestPool.balanced(1);
        pool.lease().coolUntil(Scope.PROJECT_MODEL, pool.clock.instant(), false, "");
        assertThat(pool.use()).isEqualTo(pool.ids.getFirst());
    }

    @Test
    void overloadIgnoredNeverBlamesAKey36() {
        TestPool pool = TestPool.balanced(1);
        for (int i = 0; i < 25; i++) {
            pool.lease().ignored();
            try (Lease lease = pool.lease()) {
                assertThat(lease.keyId()).isEqualTo(pool.ids.getFirst());
            }
        }
        assertThat(pool.state.snapshot().keys().get(pool.ids.getFirst())).isEqualTo(
                new Snapshot.KeyView("key:" + pool.ids.getFirst(), 0, Health.GOOD));
    }

    @Test
    void failuresInARowPauseAKeyLongerAndLongerUntilASuccess() {
        TestPool pool = TestPool.balanced(1);
        pool.lease().failed("1");
        pool.lease().failed("2");
        pool.use();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            while (pool.offer() instanceof Offer.Granted granted) {
                granted.lease().failed("cut off");
            }
            Rest pause = health(pool).pause().orElseThrow();
            pauses.add(Duration.between(pool.clock.instant(), pause.until()));
            assertThat(pool.offer()).isInstanceOf(Offer.NoKeys.class);
            assertThat(pause.reason()).contains("cut off");
            pool.clock.advance(pauses.getLast());
        }
        assertThat(pauses).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2),
                Duration.ofHours(2));
        pool.use();
        assertThat(health(pool)).isEqualTo(Health.GOOD);
    }

    @Test
    void failuresOfRequestsUnderWayDoNotMakeAPauseLonger() {
        TestPool pool = TestPool.balanced(1);
        List<Lease> leases = List.of(pool.lease(), pool.lease(), pool.lease(), pool.lease(), pool.lease(), pool.lease());
        leases.forEach(lease -> lease.failed("all at once"));
        assertThat(health(pool).failures()).isEqualTo(6);
        assertThat(health(pool).pauses()).isEqualTo(1);
    }

    @Test
    void aKeyCalledInvalidRestsAMinuteAndTheSecondTimeInARowIsDisabled() {
        TestPool pool = TestPool.balanced(1);
        List<String> events = record(pool);
        pool.lease().rejected(Scope.KEY, "API_KEY_INVALID", "not valid");
        assertThat(events).containsExactly("suspected " + pool.ids.getFirst());
        assertThat(pool.offer()).isInstanceOf(Offer.NoKeys.class);
        pool.clock.advance(Duration.ofMinutes(1));
        pool.lease().rejected(Scope.KEY, "API_KEY_INVALID", "not valid");
        assertThat(events).containsExactly("suspected " + pool.ids.getFirst(), "disabled " + pool.ids.getFirst());
        pool.clock.advance(Duration.ofDays(365));
        assertThat(pool.offer()).isInstanceOfSatisfying(Offer.NoKeys.class,
                none -> assertThat(none.message()).contains("disabled (1 × API_KEY_INVALID)").contains("hydra keys add"));
    }

    @Test
    void aSuccessBetweenTwoHitsClearsTheSuspicion() {
        TestPool pool = TestPool.balanced(1);
        List<String> events = record(pool);
        for (int i = 0; i < 3; i++) {
            pool.lease().rejected(Scope.KEY, "UNAUTHENTICATED", "");
            pool.state.resume(pool.ids.getFirst());
            pool.use();
        }
        assertThat(events).hasSize(3).allMatch(event -> event.startsWith("suspected"));
    }

    @Test
    void aSuspendedProjectDisablesAllItsKeysAtOnce36() {
        TestPool pool = new TestPool(TestPool.policy(Strategy.SEQUENTIAL, 0, 3));
        pool.add("p1", Optional.empty());
        pool.add("p1", Optional.empty());
        String other = pool.add("p2", Optional.empty());
        List<String> events = record(pool);
        pool.lease().rejected(Scope.PROJECT, "CONSUMER_SUSPENDED", "suspended");
        assertThat(events).containsExactlyInAnyOrder("disabled " + pool.ids.get(0), "disabled " + pool.ids.get(1));
        assertThat(pool.use()).isEqualTo(other);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void aModelWithoutQuotaIsTheKeysForOtherModelsStill() {
        TestPool pool = TestPool.balanced(1);
        Instant end = pool.clock.in(Duration.ofHours(24));
        pool.lease(OTHER).modelUnavailable(Scope.PROJECT_MODEL, end, true, "limit: 0");
        assertThat(pool.offer(OTHER)).isEqualTo(new Offer.Cooling(end, true, "No configured key has a quota for 'gemini-2.5-pro'."));
        assertThat(pool.use()).isEqualTo(pool.ids.getFirst());
    }

    @Test
    void aModelThatNoKeyHasIsNoQuotaProblem() {
        TestPool pool = TestPool.balanced(2);
        pool.lease("nonsense").modelUnavailable(Scope.KEY_MODEL, pool.clock.in(Duration.ofHours(1)), "404");
        pool.lease("nonsense").modelUnavailable(Scope.KEY_MODEL, pool.clock.in(Duration.ofHours(1)), "404");
        assertThat(pool.offer("nonsense")).isInstanceOfSatisfying(Offer.NoModel.class,
                none -> assertThat(none.message()).contains("'nonsense'"));
        assertThat(pool.offer("x".repeat(201))).isInstanceOf(Offer.NoModel.class);
    }

    @Test
    void aKeyIsNotAskedForAModelThatItLacksButAnyKeyForAModelThatNobodyLists() {
        TestPool pool = new TestPool(TestPool.policy(Strategy.BALANCED, 0, 3));
        String small = pool.add("", Optional.of(Set.of("a")));
        String large = pool.add("", Optional.of(Set.of("a", "b")));
        assertThat(List.of(pool.use("b"), pool.use("b"), pool.use("b"))).containsOnly(large);
        assertThat(Set.of(pool.use("a"), pool.use("a"))).containsExactlyInAnyOrder(small, large);
        assertThat(Set.of(pool.use("brand-new"), pool.use("brand-new"))).containsExactlyInAnyOrder(small, large);
        pool.pool.remove(large);
        assertThat(pool.use("b")).isEqualTo(small);
    }

    @Test
    void aKeyThatLeftAndCameBackCountsItsOldRequestsUntilTheyEnd() {
        TestPool pool = TestPool.balanced(2);
        String id = pool.ids.getFirst();
        List<Lease> old = List.of(pool.lease(TestPool.MODEL, pool.ids.get(1)), pool.lease(TestPool.MODEL, pool.ids.get(1)),
                pool.lease(TestPool.MODEL, pool.ids.get(1)));
        pool.state.leave(id);
        pool.state.join(new Member(id, "", 3, Optional.empty()));
        assertThat(List.of(pool.lease().keyId(), pool.lease().keyId())).containsOnly(pool.ids.get(1));
        pool.lease(TestPool.MODEL, pool.ids.get(1)).close();
        old.forEach(lease -> lease.succeeded(1));
        assertThat(pool.lease().keyId()).isEqualTo(id);
    }

    @Test
    void whatWasTriedIsNotGivenAgain() {
        TestPool pool = TestPool.balanced(2);
        assertThat(pool.lease(TestPool.MODEL, pool.ids.get(0)).keyId()).isEqualTo(pool.ids.get(1));
        assertThat(pool.offer(TestPool.MODEL, pool.ids.get(0), pool.ids.get(1))).isInstanceOfSatisfying(Offer.NoKeys.class,
                none -> assertThat(none.message()).contains("was tried"));
    }

    @Test
    void withoutKeysTheMessageSaysHowToAddOne() {
        assertThat(TestPool.balanced(0).offer()).isInstanceOfSatisfying(Offer.NoKeys.class,
                none -> assertThat(none.message()).contains("no Gemini key").contains("GEMINI_API_KEYS").contains("hydra keys add"));
    }

    @Test
    void aLeaseEndsOnce() {
        TestPool pool = TestPool.balanced(1);
        Lease lease = pool.lease();
        lease.succeeded(5);
        assertThatIllegalStateException().isThrownBy(lease::ignored);
        lease.close();
        assertThat(pool.inFlight()).isZero();
        assertThat(lease.toString()).doesNotContain("key-number");
    }

    @Test
    void anObjectsOwnerAloneServesRequestsThatNameIt() {
        TestPool pool = new TestPool(TestPool.policy(Strategy.BALANCED, 0, 3));
        pool.add("p1", Optional.empty());
        String owner = pool.add("p2", Optional.empty());
        String sibling = pool.add("p2", Optional.empty());
        Lease upload = pool.lease(TestPool.MODEL, pool.ids.get(0), sibling);
        upload.owns("files/abc", Duration.ofHours(48));
        upload.succeeded(0);
        LeaseRequest request = new LeaseRequest(OTHER, 0, List.of("files/unknown", "files/abc"), Set.of());
        for (int i = 0; i < 3; i++) {
            assertThat(owner(pool, request)).isEqualTo(owner);
        }
        assertThat(owner(pool, new LeaseRequest(OTHER, 0, List.of("files/abc"), Set.of(owner)))).isEqualTo(sibling);
        Instant end = pool.clock.in(Duration.ofMinutes(1));
        pool.lease(OTHER, pool.ids.get(0)).coolUntil(Scope.PROJECT_MODEL, end, false, "");
        assertThat(pool.pool.lease(request)).isInstanceOfSatisfying(Offer.Cooling.class,
                cooling -> assertThat(cooling.until()).isEqualTo(end));
        pool.clock.advance(Duration.ofHours(48));
        assertThat(pool.pool.lease(request)).isInstanceOfSatisfying(Offer.Granted.class,
                granted -> assertThat(granted.lease().keyId()).isEqualTo(pool.ids.get(0)));
    }

    @Test
    void learningAProjectMergesRestsByTheLaterEndAndCountersByTheirSum() {
        TestPool pool = new TestPool(TestPool.policy(Strategy.SEQUENTIAL, 0, 1));
        String a = pool.add("", Optional.empty());
        String b = pool.add("", Optional.empty());
        pool.use();
        Lease ofA = pool.lease();
        Lease ofB = pool.lease();
        ofB.learnProject("projects/7");
        ofB.succeeded(5);
        Instant end = pool.clock.in(Duration.ofMinutes(3));
        ofA.learnProject("projects/7");
        ofA.coolUntil(Scope.PROJECT_MODEL, end, false, "shared");

        Snapshot snapshot = pool.state.snapshot();
        assertThat(snapshot.days().get(new Quota("projects/7", TestPool.MODEL))).satisfies(day -> {
            assertThat(day.requests()).isEqualTo(2);
            assertThat(day.tokens()).isEqualTo(15);
        });
        assertThat(snapshot.rests()).containsOnlyKeys(new Place(Scope.PROJECT_MODEL, "projects/7", TestPool.MODEL));
        assertThat(snapshot.keys().get(a).project()).isEqualTo(snapshot.keys().get(b).project());
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        assertThat(pool.use(OTHER)).isEqualTo(a);
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void countersStartAnewAtMidnightInCalifornia() {
        TestPool pool = TestPool.balanced(1);
        pool.use();
        pool.clock.advance(Duration.between(pool.clock.instant(), Instant.parse("2026-03-11T06:59:59.999Z")));
        assertThat(pool.state.snapshot().days()).hasSize(1);
        pool.clock.advance(Duration.ofMillis(1));
        assertThat(pool.state.snapshot().days()).isEmpty();
    }

    @Test
    void aResetEndsAllRests40() {
        TestPool pool = TestPool.balanced(2);
        pool.use();
        pool.lease().coolUntil(Scope.KEY, pool.clock.in(Duration.ofHours(9)), true, "");
        pool.lease().rejected(Scope.KEY, "API_KEY_INVALID", "");
        assertThat(pool.offer()).isInstanceOf(Offer.Cooling.class);
        assertThat(pool.state.reset()).isEqualTo(new SharedState.Cleared(1, 1, 1));
        assertThat(Set.of(pool.use(), pool.use())).hasSize(2);
    }

    private static String owner(TestPool pool, LeaseRequest request) {
        try (Lease lease = ((Offer.Granted) pool.pool.lease(request)).lease()) {
            lease.succeeded(1);
            return lease.keyId();
        }
    }

    private static Health health(TestPool pool) {
        return pool.state.snapshot().keys().get(pool.ids.getFirst()).health();
    }

    private static List<String> record(TestPool pool) {
        List<String> events = new ArrayList<>();
        pool.pool.listen(new KeyPool.Listener() {
            @Override
            public void suspected(String id, String reason) {
                events.add("suspected " + id);
            }

            @Override
            public void disabled(String id, String reason, String message) {
                events.add("disabled " + id);
            }
        });
        return events;
    }

    @Test
    void aFailureThatAnotherKeyProvesIsTheKeysOwnUntilItSucceeds() {
        TestPool pool = TestPool.balanced(1);
        String key = pool.ids.getFirst();
        pool.pool.failed(key, "403");
        pool.pool.failed(key, "403");
        pool.use();
        pool.pool.failed(key, "403");
        pool.pool.failed(key, "403");
        pool.use();
        for (int i = 0; i < 3; i++) {
            pool.pool.failed(key, "403");
        }
        assertThat(pool.offer()).isInstanceOf(Offer.NoKeys.class);
        pool.clock.advance(Duration.ofMinutes(1));
        pool.use();
    }
}
