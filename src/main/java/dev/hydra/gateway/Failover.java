package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.gateway.ReplySink.CallerGone;
import dev.hydra.gateway.Trouble.Rank;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.Lease;
import dev.hydra.keys.LeaseRequest;
import dev.hydra.keys.Offer;
import dev.hydra.settings.Settings;
import dev.hydra.upstream.Verdict;
import dev.hydra.wire.Sleeper;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The one loop that every request goes through: next key, next route, wait, or give up. It is left when a reply was delivered, when nothing is
 * left to try, or when the first content has gone out and no other key can help any more.
 */
@Component
public final class Failover {
    /** More tries than this in one request help nobody: later requests profit from what these have taught the pool. */
    private static final int MOST_TRIES = 40;
    private static final int FORBIDDEN = 403;
    private static final int MOST_PAUSES = 3;
    /** Tries after an inner error, a cut or an empty reply. */
    private static final int MOST_REPEATS = 2;
    private static final long SHORTEST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;

    private final KeyPool pool;
    private final Attempts attempts;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Duration longestWait;

    @Inject
    Failover(KeyPool pool, Attempts attempts, Settings settings, Clock clock, Sleeper sleeper) {
        this.longestWait = settings.pool().longestWait();
        this.pool = pool;
        this.attempts = attempts;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** What to do after a try. */
    private enum Step {
        DONE, NEXT_KEY, NEXT_ROUTE, GIVE_UP
    }

    /**
     * Has the request answered; events of the reply go to {@code sink}.
     *
     * @return empty when the reply was delivered in full; else what the client is to be told
     * @throws CallerGone when nobody waits for the reply any more
     */
    Optional<Failure> run(Plan plan, ReplySink sink) throws CallerGone {
        Trouble trouble = new Trouble(clock);
        for (Route route : plan.routes()) {
            switch (new Walk(route, plan, sink, trouble).walk()) {
                case DONE -> {
                    return Optional.empty();
                }
                case GIVE_UP -> {
                    return Optional.of(trouble.failure());
                }
                case NEXT_KEY, NEXT_ROUTE -> {
                }
            }
        }
        return Optional.of(trouble.failure());
    }

    /** All tries on one route. */
    private final class Walk {
        private final Route route;
        private final Plan plan;
        private final ReplySink sink;
        private final Trouble trouble;
        private final Set<String> tried = new HashSet<>(4);
        /** Keys that were refused for no known reason, with the provider's words: theirs alone if another key can serve the request. */
        private final Map<String, String> suspects = new HashMap<>(1);
        private int tries;
        private int pauses;
        private int repeats;
        private int misses;
        private Duration waited = Duration.ZERO;

        Walk(Route route, Plan plan, ReplySink sink, Trouble trouble) {
            this.route = route;
            this.plan = plan;
            this.sink = sink;
            this.trouble = trouble;
        }

        Step walk() throws CallerGone {
            // Before a key is taken: a request that cannot be said, or names media that cannot be had, must not hold one.
            plan.translation(route).to(route, plan);
            Step step = Step.NEXT_KEY;
            while (step == Step.NEXT_KEY) {
                if (plan.deadline().passed()) {
                    trouble.note(Rank.FINAL, Failure.of(Kind.TIMEOUT, "The request could not be answered within its time limit."));
                    return Step.GIVE_UP;
                }
                step = tries++ < MOST_TRIES ? next() : Step.NEXT_ROUTE;
            }
            return step;
        }

        private Step next() throws CallerGone {
            return switch (offer()) {
                case Offer.Granted granted -> attempt(granted.lease());
                case Offer.Cooling cooling -> {
                    trouble.resting(cooling.until(), cooling.daily(), cooling.message());
                    yield Step.NEXT_ROUTE;
                }
                case Offer.Capped capped -> {
                    trouble.capped(capped.until(), capped.lasting(), capped.message());
                    yield Step.GIVE_UP;
                }
                case Offer.NoModel none -> {
                    trouble.note(Rank.NO_MODEL, Failure.of(Kind.MODEL_NOT_FOUND, none.message()));
                    yield Step.NEXT_ROUTE;
                }
                case Offer.NoKeys none -> {
                    trouble.note(Rank.NO_KEYS, Failure.of(Kind.UNAVAILABLE, none.message()));
                    yield Step.NEXT_ROUTE;
                }
            };
        }

        /** Waits only where no other route is left: another provider answers sooner than a quota comes back. */
        private Offer offer() throws CallerGone {
            boolean grounded = pool.mindsGrounding() && plan.translation(route).to(route, plan).searches();
            LeaseRequest request = new LeaseRequest(route.model(), plan.estimate(), plan.affinities(), tried, grounded);
            Duration patience = longestWait.minus(waited);
            if (!patience.isPositive() || plan.routes().getLast() != route) {
                return pool.lease(request);
            }
            long begun = System.nanoTime();
            try {
                return pool.lease(request, plan.deadline().atMost(patience));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallerGone();
            } finally {
                waited = waited.plusNanos(System.nanoTime() - begun);
            }
        }

        private Step attempt(Lease lease) throws CallerGone {
            try (lease) {
                return switch (attempts.make(route, lease, plan, sink)) {
                    case Attempts.Result.Delivered delivered -> {
                        // What this key could serve was not the request's fault.
                        suspects.forEach(pool::failed);
                        yield Step.DONE;
                    }
                    case Attempts.Result.Judged judged -> {
                        trouble.note(judged);
                        yield judge(judged.verdict(), lease);
                    }
                    case Attempts.Result.Unusable unusable -> repeat(unusable, lease);
                    case Attempts.Result.BrokenOff broken -> {
                        trouble.note(Rank.FINAL, broken.failure());
                        yield Step.GIVE_UP;
                    }
                };
            }
        }

        private Step judge(Verdict verdict, Lease lease) throws CallerGone {
            return switch (verdict) {
                case Verdict.Accepted accepted -> throw new IllegalStateException("an accepted answer is read, not judged");
                case Verdict.Exhausted exhausted -> {
                    exhausted.consumer().ifPresent(lease::learnProject);
                    if (exhausted.scope() == Verdict.Scope.GROUNDING) {
                        lease.groundingUsedUp(exhausted.until(), exhausted.daily(), exhausted.message(), exhausted.guessed());
                    } else if (exhausted.guessed()) {
                        lease.coolForAWhile(exhausted.until(), exhausted.message());
                    } else {
                        lease.coolUntil(Scopes.of(exhausted.scope()), exhausted.until(), exhausted.daily(), exhausted.message(),
                                Scopes.of(exhausted.limits()));
                    }
                    yield another(lease);
                }
                case Verdict.Rejected rejected -> {
                    rejected.consumer().ifPresent(lease::learnProject);
                    lease.rejected(Scopes.of(rejected.scope()), rejected.reason(), rejected.message());
                    yield another(lease);
                }
                case Verdict.ModelUnavailable missing -> {
                    lease.modelUnavailable(Scopes.of(missing.scope()), missing.until(), missing.quota(), missing.message());
                    // Another key may have it (early access), once (spec mapping §4.2).
                    yield missing.quota() || misses++ == 0 ? another(lease) : Step.NEXT_ROUTE;
                }
                case Verdict.Overloaded overloaded -> pause();
                case Verdict.RetryOnce broken -> {
                    if (broken.status() == FORBIDDEN) {
                        tried.add(lease.keyId());
                        suspects.put(lease.keyId(), broken.message());
                    }
                    yield repeat();
                }
                case Verdict.WrongOwner owner -> Step.GIVE_UP;
                case Verdict.RegionRefused region -> Step.GIVE_UP;
                case Verdict.CallerError error ->
                    aboutSeals(error) && plan.translation(route).withoutSeals() ? Step.NEXT_KEY : Step.GIVE_UP;
            };
        }

        private Step another(Lease lease) {
            tried.add(lease.keyId());
            return Step.NEXT_KEY;
        }

        private Step repeat() {
            return repeats++ < MOST_REPEATS ? Step.NEXT_KEY : Step.NEXT_ROUTE;
        }

        /** Once more; but an answer that stays empty in good order is the answer. */
        private Step repeat(Attempts.Result.Unusable unusable, Lease lease) throws CallerGone {
            trouble.note(Rank.PROVIDER_ERROR, unusable.failure());
            if (unusable.failure().kind() == Kind.TIMEOUT) {
                // The provider worked on it all that time and would again.
                return Step.NEXT_ROUTE;
            }
            Step step = repeat();
            if (step == Step.NEXT_KEY || unusable.lastResort().isEmpty()) {
                return step;
            }
            lease.succeeded(unusable.usage().prompt(), unusable.usage().total());
            plan.exchange().used(unusable.usage());
            sink.take(unusable.lastResort());
            return Step.DONE;
        }

        private Step pause() throws CallerGone {
            if (pauses == MOST_PAUSES) {
                return Step.NEXT_ROUTE;
            }
            long most = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << ++pauses);
            try {
                sleeper.sleep(
                        plan.deadline().atMost(Duration.ofMillis(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, most + 1))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallerGone();
            }
            return Step.NEXT_KEY;
        }
    }

    /** Signatures are bound to a model family and break when clients cut them (spec mapping §2.4, rule 4). */
    private static boolean aboutSeals(Verdict.CallerError error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        return message.contains("thought signature") || message.contains("thought_signature");
    }
}
