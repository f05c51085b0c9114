package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.settings.TestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InFlightTest {
    @TempDir
    private Path home;
    private final List<Duration> slept = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private Runnable meanwhile = () -> {
    };
    private InFlight inFlight;

    @BeforeEach
    void begin() {
        inFlight = new InFlight(TestSettings.in(home, Map.of("HYDRA_STOP_GRACE", "2s")), duration -> {
            slept.add(duration);
            meanwhile.run();
        });
    }

    private Duration waited() {
        return slept.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void withoutRequestsAStopTakesNoTime() {
        assertThat(inFlight.enter()).isTrue();
        inFlight.leave();

        inFlight.stop();

        assertThat(waited()).isZero();
        assertThat(inFlight.enter()).isFalse();
        assertThat(inFlight.isStopping()).isTrue();
    }

    @Test
    void requestsHaveTheGraceAndAreNotCutWhenTheyEndWithinIt() {
        inFlight.enter();
        InFlight.Tie tie = inFlight.tie(() -> cut.add("cut"));
        meanwhile = () -> {
            if (slept.size() == 10) {
                tie.close();
                inFlight.leave();
            }
        };

        inFlight.stop();

        assertThat(cut).isEmpty();
        assertThat(waited()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void afterTheGraceExchangesAreCutOnce() {
        inFlight.enter();
        InFlight.Tie over = inFlight.tie(() -> cut.add("over"));
        InFlight.Tie tie = inFlight.tie(() -> cut.add("cut"));
        over.close();
        meanwhile = () -> {
            if (!cut.isEmpty()) {
                tie.close();
                inFlight.leave();
                meanwhile = () -> {
                };
            }
        };

        inFlight.stop();
        inFlight.stop();

        assertThat(cut).containsExactly("cut");
        assertThat(tie.isCut()).isTrue();
        assertThat(over.isCut()).isFalse();
        assertThat(waited()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void anExchangeThatBeginsDuringTheCutIsCutToo() {
        inFlight.enter();
        inFlight.stop();

        inFlight.tie(() -> cut.add("cut"));

        assertThat(cut).containsExactly("cut");
    }

    @Test
    void whatDoesNotEndByItselfIsInterruptedInTheEnd() throws InterruptedException {
        inFlight.enter();
        List<Boolean> interrupted = new ArrayList<>();
        Thread stuck = Thread.ofVirtual().unstarted(() -> {
            inFlight.tie(() -> cut.add("cut"));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.add(true);
            }
        });
        stuck.start();
        Awaitility.await().until(() -> stuck.getState() == Thread.State.WAITING);

        inFlight.stop();
        stuck.join();

        assertThat(interrupted).containsExactly(true);
        assertThat(cut).containsExactly("cut");
    }
}
