package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Leases keys. Safe for use by many threads; waits for nothing but a free key, and only where that is asked for.
 *
 * <p>When a key is disabled (spec mapping §4.2): at once when the provider's reason leaves no doubt (leaked, suspended, blocked, service disabled).
 * A key that was called invalid rests for a minute and is checked by listing its models: refused, it is disabled; accepted, it goes on, and the next
 * time in a row disables it; unreachable, the rest stands.
 */
@Component
public final class KeyPool {
    /** Reasons that a provider also gives in passing, so that one hit is no proof. */
    private static final Set<String> DOUBTFUL = Set.of("API_KEY_INVALID", "UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED",
            "CREDENTIALS_MISSING");
    private static final int HITS = 2;
    static final int LONGEST_MODEL_NAME = 200;
    private static final String OWNER = "owner:";
    /** Requests that wait for one model: what a pool of 20 small projects serves in three minutes. */
    private static final int MOST_WAITING = 1_000;

    private final SharedState state;
    private final Caps caps;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<String, PooledKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> disabled = new ConcurrentHashMap<>();
    private final WaitQueue queue;
    private final GroundingRests grounding = new GroundingRests();
    private volatile Listener listener = Listener.NONE;

    /** A pool without keys. */
    @Inject
    public KeyPool(SharedState state, Caps caps, Clock clock) {
        this(state, caps, clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** A pool without keys and caps. */
    public KeyPool(SharedState state, Clock clock) {
        this(state, new Caps(List.of(), clock), clock);
    }

    /** @param random 0 (inclusive) to 1 (exclusive) */
    KeyPool(SharedState state, Caps caps, Clock clock, DoubleSupplier random) {
        this.state = state;
        this.caps = caps;
        this.clock = clock;
        this.random = random;
        this.queue = new WaitQueue(this, clock, MOST_WAITING);
        caps.onChange(() -> {
            state.lift(Rest.Kind.CAPPED);
            queue.changed();
        });
        state.onRoom(queue::changed);
    }

    /** A pool in memory alone, with keys whose projects and models are unknown. */
    public static KeyPool of(Settings.Pool settings, Clock clock, List<Secret> keys) {
        KeyPool pool = new KeyPool(new LocalState(settings, clock), Caps.of(settings, clock), clock);
        for (Secret key : keys) {
            PooledKey pooled = new PooledKey(Fingerprint.of(key), key, "");
            pool.put(pooled, new Member(pooled.id(), "", settings.concurrency(), Optional.empty()));
        }
        return pool;
    }

    /** Offers a key, or tells truthfully why there is none. The request's {@code tried} is only read during the call. */
    public Offer lease(LeaseRequest request) {
        return attempt(request, "").offer();
    }

    /** An offer, and what stands in the way where that is the request's size alone. */
    record Attempt(Offer offer, Optional<Claimed.Tight> tight) {
        static Attempt of(Offer offer) {
            return new Attempt(offer, Optional.empty());
        }
    }

    /** As {@link #lease(LeaseRequest)}. @param spared project that an earlier request waits for; empty = none */
    Attempt attempt(LeaseRequest request, String spared) {
        if (request.model().length() > LONGEST_MODEL_NAME) {
            return Attempt.of(new Offer.NoModel("No model has a name as long as the one asked for."));
        }
        if (!isPlain(request.model())) {
            // Nor could every database store a rest or a counter of it.
            return Attempt.of(new Offer.NoModel("No model has such a name: only printable ASCII without spaces is one."));
        }
        // Before a key is taken: what no account may use needs none.
        Optional<CapRefusal> capped = capped(request) ? caps.refusal(request.model()) : Optional.empty();
        return capped.isPresent() ? Attempt.of(capped.get().offer(clock.instant())) : claim(request, spared);
    }

    /** Whether a name has nothing but printable ASCII characters without spaces; an empty one has. */
    static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** A count of tokens, or an object that the provider keeps, is no use of a model. */
    private static boolean capped(LeaseRequest request) {
        return !request.model().isEmpty();
    }

    /** Whether some key's quota for web searches is known to be used up, so that {@link LeaseRequest#grounded} matters. */
    public boolean mindsGrounding() {
        return grounding.any(clock.instant());
    }

    void groundingUsedUp(String key, String model, Rest rest, boolean guessed) {
        grounding.put(key, model, rest, guessed, clock.instant());
    }

    private Attempt claim(LeaseRequest asked, String spared) {
        LeaseRequest request = asked.grounded() ? asked.withTried(grounding.with(asked.tried(), asked.model(), clock.instant())) : asked;
        Claim claim = new Claim(request.model(), request.estimatedTokens(), owner(request.affinities()), request.tried(), spared,
                random.getAsDouble());
        while (true) {
            Claimed claimed = state.claim(claim);
            if (!(claimed instanceof Claimed.Granted granted)) {
                return new Attempt(refused(claimed, request),
                        claimed instanceof Claimed.Tight tight ? Optional.of(tight) : Optional.empty());
            }
            Optional<Offer> offer = offer(granted.grant(), request);
            if (offer.isPresent()) {
                return Attempt.of(offer.get());
            }
        }
    }

    private Offer refused(Claimed claimed, LeaseRequest request) {
        if (claimed instanceof Claimed.Lacking) {
            listener.modelMissing();
        }
        if (claimed instanceof Claimed.Resting(Rest rest) && rest.kind() == Rest.Kind.CAPPED) {
            Optional<Cap> cap = caps.ofAccounts(request.model());
            if (cap.isPresent()) {
                boolean reached = rest.until().isAfter(clock.instant().plus(CapRefusal.SOON));
                return new CapRefusal(cap.get(), reached, rest.until(), request.model()).offer(clock.instant());
            }
        }
        Optional<Rest> search = request.grounded() && claimed instanceof Claimed.Tried ? grounding.first(request.model(), clock.instant())
                : Optional.empty();
        return search.<Offer>map(rest -> new Offer.Cooling(rest.until(), rest.kind() == Rest.Kind.DAILY,
                "The quota for web searches of '" + request.model() + "' is used up on every key."))
                .orElseGet(() -> Refusals.offer(claimed, request.model(), disabled));
    }

    /** A lease of the key that was taken; empty when it turns out to be of no use and was given back. */
    private Optional<Offer> offer(Grant grant, LeaseRequest request) {
        PooledKey key = keys.get(grant.key());
        if (key == null) {
            // Removed between the two steps.
            state.release(grant, new Settlement.Unsent());
            return Optional.empty();
        }
        Caps.Taken taken = capped(request) ? caps.take(request.model(), key.account(), request.estimatedTokens())
                : new Caps.Taken.Held(caps.free());
        return switch (taken) {
            case Caps.Taken.Held held -> Optional.of(new Offer.Granted(new Lease(this, grant, key, held.hold(), request)));
            case Caps.Taken.Refused refused when refused.why().cap().per() == Cap.Per.ALL -> {
                // The last of it was taken between the two steps.
                state.release(grant, new Settlement.Unsent());
                yield Optional.of(refused.why().offer(clock.instant()));
            }
            case Caps.Taken.Refused refused -> {
                state.release(grant, new Settlement.Cool(Scope.KEY_MODEL, refused.why().rest(clock.instant()), false, List.of()));
                yield Optional.empty();
            }
        };
    }

    /**
     * As {@link #lease(LeaseRequest)}, but waits for a free key, first come first served, when there will be one before {@code patience} ends.
     *
     * @throws InterruptedException when the caller need not wait any more; no key was taken then
     */
    public Offer lease(LeaseRequest request, Duration patience) throws InterruptedException {
        return queue.lease(request, patience);
    }

    WaitQueue queue() {
        return queue;
    }

    Optional<String> owner(List<String> affinities) {
        for (String affinity : affinities) {
            Optional<String> owner = state.recall(OWNER + affinity);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    /** As {@link Lease#owns}, for an object that a record knows of. Nothing happens when the pool knows of it already. */
    public void owns(String affinity, String keyId, Duration ttl) {
        if (state.recall(OWNER + affinity).isEmpty()) {
            state.remember(OWNER + affinity, keyId, ttl);
        }
    }

    void remember(String affinity, PooledKey key, Duration ttl) {
        state.remember(OWNER + affinity, key.id(), ttl);
    }

    Health release(Grant grant, Settlement settlement) {
        Health health = state.release(grant, settlement);
        queue.changed();
        if (settlement instanceof Settlement.Cool cool && cool.rest().kind() == Rest.Kind.NO_MODEL) {
            listener.modelMissing();
        }
        if (settlement instanceof Settlement.Failed failed && health.failures() > 0) {
            listener.failed(grant.key(), health, failed.reason());
        }
        return health;
    }

    /**
     * A failure that turned out to be the key's own, since another key could serve the same request. So many in a row
     * ({@code HYDRA_POOL_FAILURE_THRESHOLD}) pause the key.
     */
    public void failed(String keyId, String reason) {
        Health health = state.failed(keyId, reason);
        if (health.failures() > 0) {
            listener.failed(keyId, health, reason);
        }
    }

    void rejected(PooledKey key, Scope scope, String reason, String message, Health health) {
        boolean proved = !DOUBTFUL.contains(reason) || health.suspicions() >= HITS;
        for (PooledKey concerned : concerned(key, scope)) {
            if (proved) {
                disable(concerned.id(), reason, message);
            } else {
                listener.suspected(concerned.id(), reason);
            }
        }
    }

    private List<PooledKey> concerned(PooledKey key, Scope scope) {
        if (scope == Scope.KEY || scope == Scope.KEY_MODEL) {
            return List.of(key);
        }
        Map<String, Snapshot.KeyView> views = state.snapshot().keys();
        Snapshot.KeyView own = views.get(key.id());
        return keys.values().stream().filter(other -> other.id().equals(key.id())
                || own != null && views.containsKey(other.id()) && views.get(other.id()).project().equals(own.project())).toList();
    }

    void learnProject(PooledKey key, String consumer) {
        if (!consumer.isBlank() && state.assign(key.id(), consumer)) {
            keys.computeIfPresent(key.id(), (id, known) -> known.project().isEmpty() ? known.inProject(consumer) : known);
            listener.projectNamed(key.id(), consumer);
        }
    }

    /** Adds a key or replaces what is known of it. */
    void put(PooledKey key, Member member) {
        disabled.remove(key.id());
        keys.put(key.id(), key);
        state.join(member);
        queue.changed();
    }

    /** Leaves a key out for good; leases in flight end as they may. */
    void remove(String id) {
        disabled.remove(id);
        keys.remove(id);
        state.leave(id);
    }

    /** Leaves a key out until an operator or a check says otherwise. Nothing happens when that is so already. */
    void disable(String id, String reason, String message) {
        if (keys.remove(id) != null) {
            markDisabled(id, reason);
            listener.disabled(id, reason, message);
        }
    }

    /** Notes a key that was disabled before. */
    void markDisabled(String id, String reason) {
        disabled.put(id, reason);
        keys.remove(id);
        state.leave(id);
    }

    /** The reason that {@link #markDisabled} was told; empty for a key that may be used or is not known. */
    Optional<String> whyDisabled(String id) {
        return Optional.ofNullable(disabled.get(id));
    }

    SharedState state() {
        return state;
    }

    Optional<PooledKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    void listen(Listener to) {
        listener = to;
    }

    /** Is told what must be kept or looked into. Called on a request's thread: must neither wait nor throw. */
    interface Listener {
        Listener NONE = new Listener() {
        };

        default void failed(String id, Health health, String reason) {
        }

        default void modelMissing() {
        }

        default void suspected(String id, String reason) {
        }

        default void disabled(String id, String reason, String message) {
        }

        default void projectNamed(String id, String consumer) {
        }
    }
}
