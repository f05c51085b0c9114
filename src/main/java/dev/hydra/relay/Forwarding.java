package dev.hydra.relay;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.gateway.Attempt;
import dev.hydra.gateway.Records;
import dev.hydra.gateway.Scopes;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.Lease;
import dev.hydra.keys.LeaseRequest;
import dev.hydra.keys.Offer;
import dev.hydra.secret.Redaction;
import dev.hydra.settings.Settings;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.upstream.Verdict;
import dev.hydra.wire.CallLimits;
import dev.hydra.wire.HttpCall;
import dev.hydra.wire.HttpReply;
import dev.hydra.wire.HttpSender;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends one request with a key of the project that it needs; a request whose body is still there is tried with other keys where that may help. */
@Component
public final class Forwarding {
    private static final int MOST_TRIES = 5;
    private static final int LONGEST_ERROR = 256 * 1024;

    private final KeyPool pool;
    private final HttpSender sender;
    private final GeminiUpstream upstream;
    private final Settings.Timeouts timeouts;
    private final Clock clock;

    /** With the keys of this pool. */
    @Inject
    public Forwarding(KeyPool pool, HttpSender sender, GeminiUpstream upstream, Settings settings, Clock clock) {
        this.pool = pool;
        this.sender = sender;
        this.upstream = upstream;
        this.timeouts = settings.timeouts();
        this.clock = clock;
    }

    /** What the provider answered; holds the key until it is closed. @param error the body of an error; empty for an answer that is still to be read */
    record Answered(HttpReply reply, Lease lease, Optional<byte[]> error) implements AutoCloseable {
        @Override
        public void close() {
            reply.close();
            lease.close();
        }
    }

    /**
     * Sends a request.
     *
     * @param model      whose key is needed; empty = any key's
     * @param affinities names of objects whose project is needed; empty = any
     */
    Answered send(RelayRequest request, String model, List<String> affinities, Records.Record exchange) throws RelayFailure {
        Set<String> tried = new HashSet<>(4);
        for (int tries = 1;; tries++) {
            Lease lease = lease(new LeaseRequest(model, 0, affinities, tried));
            Answered answer = attempt(request, lease, model, exchange);
            Next next = answer.error().isPresent() ? next(answer, model, lease) : Next.NONE;
            if (next == Next.NONE || request.upload().isPresent() || tries == MOST_TRIES) {
                return answer;
            }
            if (next == Next.ANOTHER_KEY) {
                tried.add(lease.keyId());
            }
            answer.close();
        }
    }

    /** What may help after an error. */
    private enum Next {
        NONE, SAME_KEY, ANOTHER_KEY
    }

    private Lease lease(LeaseRequest wanted) throws RelayFailure {
        return switch (pool.lease(wanted)) {
            case Offer.Granted granted -> granted.lease();
            case Offer.Cooling cooling -> throw resting(cooling.until(), cooling.daily(), cooling.message());
            case Offer.Capped capped -> throw resting(capped.until(), capped.lasting(), capped.message());
            case Offer.NoModel none -> throw new RelayFailure(Failure.of(Kind.MODEL_NOT_FOUND, none.message()));
            case Offer.NoKeys none -> throw new RelayFailure(Failure.of(Kind.UNAVAILABLE, none.message()));
        };
    }

    private RelayFailure resting(Instant until, boolean lasting, String message) {
        Duration wait = Duration.between(clock.instant(), until);
        return new RelayFailure(new Failure(lasting ? Kind.QUOTA_EXHAUSTED : Kind.RATE_LIMITED, message, "",
                Optional.of(wait.isPositive() ? wait : Duration.ofSeconds(1))));
    }

    private Answered attempt(RelayRequest request, Lease lease, String model, Records.Record exchange) throws RelayFailure {
        long begun = System.nanoTime();
        int status = 0;
        try {
            HttpReply reply = call(request, lease);
            status = reply.status();
            if (status < 400) {
                lease.answering(0);
            }
            try {
                Optional<byte[]> error = status < 400 ? Optional.empty() : Optional.of(reply.body().readNBytes(LONGEST_ERROR));
                return new Answered(reply, lease, error);
            } catch (IOException | RuntimeException e) {
                reply.close();
                throw e;
            }
        } catch (IOException e) {
            lease.close();
            throw new RelayFailure(Failure.of(Kind.PROVIDER_ERROR, "The connection to the provider broke."));
        } finally {
            exchange.tried(new Attempt(upstream.id(), model, lease.fingerprint().value(), lease.project(),
                    status == 0 ? "unusable" : status < 400 ? "accepted" : "refused", status, Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    private HttpReply call(RelayRequest request, Lease lease) throws IOException {
        boolean uploads = request.upload().isPresent();
        HttpCall call = upstream.raw(request.method(), (uploads ? "upload/" : "") + request.version(), request.target(), request.query(),
                request.headers(), request.body(), lease.key());
        CallLimits limits = new CallLimits(timeouts.connect(), timeouts.write(), uploads ? timeouts.stream() : timeouts.whole());
        if (uploads) {
            return sender.send(call, request.upload().get().in(), request.upload().get().length(), limits);
        }
        return sender.send(call, limits);
    }

    /** Tells the pool what an error means. */
    private Next next(Answered answer, String model, Lease lease) {
        Verdict verdict = upstream.verdict(answer.reply().status(), answer.error().orElseThrow(), model, clock.instant(), lease.key());
        return switch (verdict) {
            case Verdict.Exhausted exhausted -> {
                lease.coolUntil(Scopes.of(exhausted.scope()), exhausted.until(), exhausted.daily(), exhausted.message());
                yield Next.ANOTHER_KEY;
            }
            case Verdict.Rejected rejected -> {
                lease.rejected(Scopes.of(rejected.scope()), rejected.reason(), rejected.message());
                yield Next.ANOTHER_KEY;
            }
            case Verdict.ModelUnavailable missing -> {
                lease.modelUnavailable(Scopes.of(missing.scope()), missing.until(), missing.quota(), missing.message());
                yield missing.quota() ? Next.ANOTHER_KEY : Next.NONE;
            }
            // Its own project may be the only one that can answer.
            case Verdict.RetryOnce broken -> broken.status() >= 500 ? Next.SAME_KEY : Next.NONE;
            case Verdict.Accepted accepted -> Next.NONE;
            case Verdict.Overloaded overloaded -> Next.NONE;
            case Verdict.WrongOwner owner -> Next.NONE;
            case Verdict.RegionRefused region -> Next.NONE;
            case Verdict.CallerError error -> Next.NONE;
        };
    }

    /** An error's text without the key that was used. */
    static byte[] redacted(byte[] error, Lease lease) {
        return Redaction.text(new String(error, StandardCharsets.UTF_8), lease.key()).getBytes(StandardCharsets.UTF_8);
    }
}
