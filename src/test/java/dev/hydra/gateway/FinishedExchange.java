package dev.hydra.gateway;

import dev.hydra.access.Caller;
import dev.hydra.conversation.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Exchanges that are over, for tests of what listens to them. */
public final class FinishedExchange {
    /** When each of them began. */
    public static final Instant STARTED = Instant.parse("2030-01-02T03:04:05.678Z");

    private FinishedExchange() {
    }

    /** A successful one with two tries, that was asked for by this id. */
    public static Exchange ok(String id) {
        Exchange exchange = new Exchange(id, new Caller(Optional.of("t1"), "test", "192.0.2.7"), "chat", STARTED, System.nanoTime(), 200);
        exchange.asked("gpt-4o", true);
        exchange.trying(new Attempt("gemini", "gemini-2.5-flash", "aaaaaaaaaaaa", "p1", "exhausted", 429, Duration.ofMillis(12)));
        exchange.trying(new Attempt("gemini", "gemini-2.5-flash", "bbbbbbbbbbbb", "p2", "accepted", 200, Duration.ofMillis(34)));
        exchange.ignored().add("logit_bias");
        exchange.ignored().add("user");
        exchange.sent(1000, true);
        exchange.used(new Usage(10, 2, 30, 4, 40, Usage.Modalities.NONE, Usage.Modalities.NONE));
        exchange.ended(200);
        return exchange;
    }

    /** One that failed before any try, with texts of the client's and the provider's choice. */
    public static Exchange failed(String model, String why) {
        Exchange exchange = new Exchange("failed", new Caller(Optional.empty(), "local", "::1"), "chat", STARTED, System.nanoTime(), 0);
        exchange.asked(model, false);
        exchange.ignored().add(model);
        exchange.failed(why);
        exchange.ended(400);
        return exchange;
    }
}
