package dev.hydra.bench;

import dev.hydra.demo.Fault;
import dev.hydra.demo.Refusal;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.wire.Sleeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Has a share of a simulated Gemini's answers go wrong, each time in another way. */
final class ProviderFaults {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
    /** Names no quota, which the gateway would learn and keep, and a delay so short that the pool is never without keys. */
    private static final Fault BUSY = new Fault.Raw(429, Map.of("Content-Type", "application/json"), List.of("""
            {"error": {"code": 429, "message": "Resource has been exhausted (e.g. check quota).", "status": "RESOURCE_EXHAUSTED",
              "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1s"}]}}
            """.getBytes(StandardCharsets.UTF_8)));
    private static final List<Fault> KINDS = List.of(Refusal.OVERLOADED, BUSY, new Fault.Cut(Fault.BEFORE_HEADERS, true),
            new Fault.Cut(8, false), Refusal.INTERNAL, BUSY, new Fault.Cut(0, true),
            new Fault.ErrorInStream(12, Refusal.OVERLOADED, Fault.Framing.DATA), new Fault.Cut(15, true));

    private final SimulatedGemini gemini;
    private final double share;

    /** @param share 0 to 1 */
    ProviderFaults(SimulatedGemini gemini, double share) {
        this.gemini = gemini;
        this.share = share;
    }

    /** Orders them as requests come, until the thread is interrupted. */
    void order() throws InterruptedException {
        long ordered = 0;
        while (true) {
            for (long due = (long) (share * gemini.requestCount()); ordered < due; ordered++) {
                gemini.enqueue(KINDS.get((int) (ordered % KINDS.size())));
            }
            Sleeper.SYSTEM.sleep(BETWEEN_LOOKS);
        }
    }
}
