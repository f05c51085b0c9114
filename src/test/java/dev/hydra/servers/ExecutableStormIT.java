package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.support.FakeGemini;
import dev.hydra.support.RunningHydra;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storm on the executable WAR, shorter than on the servers. */
class ExecutableStormIT {
    private static final int CUTS = 300;
    private static final long SEED = 20261124;

    @TempDir
    private Path home;

    @Test
    void anAbortStormBreaksNoGoodAnswer() throws Exception {
        try (FakeGemini gemini = FakeGemini.start();
                RunningHydra running = RunningHydra.start(home, Map.of("HYDRA_GEMINI_URL", gemini.url().toString(), "GEMINI_API_KEYS",
                        ServerChecks.keys(), "HYDRA_STREAM_BEAT", "500ms", "HYDRA_STREAM_HOLD", "2s"))) {
            AbortStorm.Outcome outcome = new AbortStorm(new DeployedHydra(running.url(), ""), gemini, SEED).run(CUTS);

            assertThat(outcome.broken()).isEmpty();
            assertThat(outcome.good()).isGreaterThan(CUTS / 10);
        }
    }
}
