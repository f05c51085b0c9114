package dev.hydra.tasks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.gateway.Attempt;
import dev.hydra.gateway.Records;
import dev.hydra.gateway.Route;
import dev.hydra.gateway.Routes;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.Lease;
import dev.hydra.keys.LeaseRequest;
import dev.hydra.keys.Offer;
import dev.hydra.settings.Settings;
import dev.hydra.wire.CallLimits;
import dev.hydra.wire.HttpCall;
import dev.hydra.wire.HttpReply;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Counts a request's tokens without having it answered (spec mapping §6.4). Coding agents ask for this again and again, so it is made cheap: the same body is
 * counted once; a provider is asked with at most three keys and little patience; and when nobody can be asked, an estimate is the answer, since a number that
 * is a little wrong serves a client better than an error. A count is never held against a key, nor takes it a place among the model's requests: Google has a
 * quota of its own for counts.
 */
@Component
public final class TokenCounts {
    private static final int MOST_KEYS = 3;
    private static final String ANY_MODEL = "";
    private static final int LONGEST_REPLY = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_KNOWN = 20_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private final Routes routes;
    private final KeyPool pool;
    private final HttpSender sender;
    private final CallLimits limits;
    private final Cache<String, Long> known = Caffeine.newBuilder().maximumSize(MOST_KNOWN).expireAfterWrite(KNOWN_FOR)
            // Not the server's common pool, whose threads would hold on to the application's class loader.
            .executor(Runnable::run).build();

    @Inject
    TokenCounts(Routes routes, KeyPool pool, HttpSender sender, Settings settings) {
        this(routes, pool, sender, settings, PATIENCE);
    }

    /** @param longest silence of the provider before an estimate serves instead */
    TokenCounts(Routes routes, KeyPool pool, HttpSender sender, Settings settings, Duration longest) {
        this.routes = routes;
        this.pool = pool;
        this.sender = sender;
        Settings.Timeouts timeouts = settings.timeouts();
        Duration patience = timeouts.whole().compareTo(longest) < 0 ? timeouts.whole() : longest;
        this.limits = new CallLimits(timeouts.connect(), timeouts.write(), patience);
    }

    /** @param tokens of all input @param estimated whether no provider has counted them */
    public record Count(long tokens, boolean estimated) {
    }

    /**
     * The tokens of a request.
     *
     * @param body   the client's bytes, by which the same request is known again
     * @param record is told of every try
     * @throws dev.hydra.dialect.InvalidRequest when it cannot be said in the provider's format
     */
    public Count of(Ask ask, ClientRequest request, byte[] body, Records.Record record) {
        String name = fingerprint(body);
        Long before = known.getIfPresent(name);
        if (before != null) {
            return new Count(before, false);
        }
        for (Route route : routes.candidates(ask.model())) {
            Conversation inside = TokenEstimate.withoutLinks(request.conversation());
            OptionalLong counted = ask(route, route.dialect().write(inside, route.model()).body(), ask.affinities(), record);
            if (counted.isPresent()) {
                long tokens = counted.getAsLong() + TokenEstimate.ofLinks(request.conversation());
                known.put(name, tokens);
                return new Count(tokens, false);
            }
        }
        return new Count(TokenEstimate.of(request.conversation()), true);
    }

    private OptionalLong ask(Route route, byte[] request, List<String> affinities, Records.Record record) {
        Set<String> tried = new HashSet<>();
        OptionalLong counted = OptionalLong.empty();
        while (counted.isEmpty() && tried.size() < MOST_KEYS
                && pool.lease(new LeaseRequest(ANY_MODEL, 0, affinities, tried)) instanceof Offer.Granted(Lease lease)) {
            try (lease) {
                tried.add(lease.keyId());
                Optional<HttpCall> call = route.upstream().count(route.model(), request, lease.key());
                if (call.isEmpty()) {
                    return OptionalLong.empty();
                }
                counted = tried(route, lease, call.get(), record);
            }
        }
        return counted;
    }

    private OptionalLong tried(Route route, Lease lease, HttpCall call, Records.Record record) {
        long begun = System.nanoTime();
        int status = 0;
        OptionalLong counted = OptionalLong.empty();
        try (HttpReply reply = sender.send(call, limits)) {
            status = reply.status();
            counted = total(reply);
        } catch (IOException | JsonException e) {
            // Another key, or an estimate.
        } finally {
            record.tried(new Attempt(route.upstream().id(), route.model(), lease.fingerprint().value(), lease.project(),
                    counted.isPresent() ? "counted" : "no count", status, Duration.ofNanos(System.nanoTime() - begun)));
        }
        return counted;
    }

    private static OptionalLong total(HttpReply reply) throws IOException {
        byte[] body = reply.body().readNBytes(LONGEST_REPLY);
        return reply.status() == 200 && Json.object(body).get("totalTokens") instanceof JsonNumber total
                ? OptionalLong.of(total.longValue())
                : OptionalLong.empty();
    }

    private static String fingerprint(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
