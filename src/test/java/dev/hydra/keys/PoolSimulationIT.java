package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.SimulatedLoad.Minute;
import dev.hydra.keys.SimulatedLoad.Plan;
import dev.hydra.keys.SimulatedLoad.Result;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pool of 20 projects of 15 requests a minute makes of its quotas, in virtual time; the report prints the figures. */
class PoolSimulationIT {
    private static final Limit FIFTEEN = new Limit(15, Limit.UNKNOWN, Limit.UNKNOWN);
    /** Bound by both at once, with requests of 10,000 tokens on average. */
    private static final Limit BY_BOTH = new Limit(15, 150_000, Limit.UNKNOWN);
    /** Bound by tokens alone: 15 requests of 10,000 tokens use them up. */
    private static final Limit BY_TOKENS = new Limit(60, 150_000, Limit.UNKNOWN);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LENGTH = Duration.ofMinutes(240);

    private static Result run(Plan plan) {
        Result result = new SimulatedLoad(plan).run();
        System.out.printf("%s %3.0f %% %s%s%s, %s: %s%n", plan.minute(), plan.load() * 100, plan.bursts() ? "bursts" : "smooth",
                plan.churn() ? ", keys come and go" : "", plan.known() ? "" : ", limits learned", words(plan), result);
        return result;
    }

    /** What binds. */
    private static String words(Plan plan) {
        Limit quota = plan.quota();
        return quota.rpm() + " rpm" + (quota.tpm() == Limit.UNKNOWN ? "" : ", " + quota.tpm() + " tpm")
                + (quota.rpd() == Limit.UNKNOWN ? "" : ", " + quota.rpd() + " rpd");
    }

    static Stream<Arguments> loads() {
        return Stream.of(Minute.values()).flatMap(minute -> Stream.of(0.9, 1.5, 3.0)
                .flatMap(load -> Stream.of(false, true).flatMap(bursts -> Stream.of(false, true)
                        .map(churn -> Arguments.of(minute, load, bursts, churn)))));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void noQuotaIsWastedOrExceeded(Minute minute, double load, boolean bursts, boolean churn) {
        Result result = run(new Plan(20, FIFTEEN, 1, minute, load, bursts, Duration.ofSeconds(60), true, churn, LENGTH, 7));
        assertThat(result.upstreamRefused()).isZero();
        if (load < 1) {
            assertThat(result.refused()).isZero();
        } else {
            assertThat(result.used()).isGreaterThanOrEqualTo(0.99);
            assertThat(Collections.min(result.shares())).isGreaterThan(0.8 * Collections.max(result.shares()));
        }
    }

    @ParameterizedTest
    @MethodSource("loads")
    void limitsAreLearnedFromOneRefusalEach(Minute minute, double load, boolean bursts, boolean churn) {
        Result result = run(new Plan(20, FIFTEEN, 1, minute, load, bursts, Duration.ofSeconds(60), false, churn, LENGTH, 11));
        assertThat(result.knownRefusedShare()).isLessThanOrEqualTo(0.001);
    }

    @ParameterizedTest
    @MethodSource("loads")
    void tokensAMinuteAreKeptToo(Minute minute, double load, boolean bursts, boolean churn) {
        Result both = run(new Plan(20, BY_BOTH, 1, minute, load, bursts, Duration.ofSeconds(60), true, churn, HOUR, 13));
        Result tokens = run(new Plan(20, BY_TOKENS, 4, minute, load, bursts, Duration.ofSeconds(60), true, churn, HOUR, 13));
        assertThat(List.of(both, tokens)).allSatisfy(result -> {
            assertThat(result.upstreamRefused()).isZero();
            if (load > 1) {
                assertThat(result.used()).isGreaterThanOrEqualTo(0.99);
                assertThat(Collections.min(result.shares())).isGreaterThan(0.8 * Collections.max(result.shares()));
            } else {
                assertThat(result.refused()).isZero();
            }
        });
    }

    @Test
    void aDaysQuotaIsUsedUpToTheLastRequest() {
        Limit quota = new Limit(15, Limit.UNKNOWN, 500);
        Result result = run(
                new Plan(20, quota, 1, Minute.FIXED, 1.5, false, Duration.ofSeconds(60), true, false, Duration.ofHours(24 * 3), 17));
        assertThat(result.upstreamRefused()).isZero();
        assertThat(result.used()).isGreaterThanOrEqualTo(0.99);
    }
}
