package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Place;
import dev.hydra.keys.Snapshot.Quota;
import dev.hydra.keys.redis.RedisLink;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.RedisUrl;
import dev.hydra.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The shared state of several nodes. The node's own {@link LocalState} proposes the best key that it knows of; Redis says yes or no for all nodes in one step;
 * a no teaches the node's own state, which then proposes another one. When Redis is lost, the own state goes on alone with its part of the quotas.
 */
final class ClusterState implements SharedState {
    /** Proposals for one claim at most; then the claim is repeated a moment later. */
    private static final int MOST_PROPOSALS = 32;
    private static final Duration SOON = Duration.ofMillis(10);
    private static final Duration BUSY_FOR = Duration.ofMillis(100);
    /** What another node has remembered is kept here for so long: neither owners nor seals change. */
    private static final Duration KEPT_HERE = Duration.ofMinutes(5);
    private static final String BUSY = "other nodes have as many requests under way as there should be";
    private static final String FULL = "what is allowed in a minute is used up by all nodes";

    private final LocalState own;
    private final Mirror mirror;
    private final Ledger ledger = new Ledger();
    private final Clock clock;
    private final String id = UUID.randomUUID().toString().substring(0, 13);
    private final AtomicLong leases = new AtomicLong();
    private final Referee referee;
    private final ClusterNode node;
    private final RedisLink link;

    /** A state that is alone until {@link #open}. @param limit longest wait for Redis */
    ClusterState(LocalState own, RedisUrl url, Clock clock, Duration limit) {
        String channel = "hydra:" + url.database() + ":news";
        this.own = own;
        this.mirror = own.mirror();
        this.clock = clock;
        this.referee = new Referee(id, channel, clock);
        this.node = new ClusterNode(id, own, mirror, ledger, referee, clock);
        this.link = new RedisLink(url, channel, limit, node);
        node.attach(link::run);
    }

    /** Joins Redis if it is there; else in the background, when it is. */
    ClusterState open() {
        link.open();
        return this;
    }

    @Override
    public Claimed claim(Claim claim) {
        if (!link.isJoined()) {
            return alone(claim);
        }
        Rest soonest = null;
        Claimed.Tight tight = null;
        Set<String> tried = claim.tried();
        for (int i = 0; i < MOST_PROPOSALS; i++) {
            Claimed proposed = own.claim(
                    new Claim(claim.model(), claim.tokens(), claim.owner(), tried, claim.spared(), claim.draw()));
            if (!(proposed instanceof Claimed.Granted granted)) {
                return refused(proposed, soonest, tight);
            }
            Terms terms = mirror.terms(granted.grant());
            String lease = id + ':' + leases.incrementAndGet();
            Answer answer = ask(terms, lease);
            if (answer instanceof Answer.Taken) {
                return taken(granted.grant(), terms, lease);
            }
            own.release(granted.grant(), new Settlement.Unsent());
            if (answer instanceof Answer.Lost || answer instanceof Answer.Unseeded) {
                node.doubt(terms, lease, new Settlement.Unsent());
                return alone(claim);
            }
            soonest = sooner(soonest, learn(answer, terms));
            tight = tight(answer, terms, tight);
            tried = tried == claim.tried() ? new HashSet<>(tried) : tried;
            tried.add(terms.key());
        }
        return new Claimed.Busy(clock.instant().plus(SOON));
    }

    private Answer ask(Terms terms, String lease) {
        Answer answer = referee.take(link::run, terms, lease);
        if (answer instanceof Answer.Unseeded) {
            node.introduce(terms.project());
            return referee.take(link::run, terms, lease);
        }
        return answer;
    }

    private Claimed alone(Claim claim) {
        Claimed claimed = own.claim(claim);
        if (!(claimed instanceof Claimed.Granted granted)) {
            return claimed;
        }
        Terms terms = mirror.terms(granted.grant());
        return new Claimed.Granted(new SharedGrant(granted.grant(), terms, "", use(terms, false), clock.millis()));
    }

    private Claimed taken(Grant grant, Terms terms, String lease) {
        SharedGrant shared = new SharedGrant(grant, terms, lease, use(terms, true), clock.millis());
        node.opened(shared);
        return new Claimed.Granted(shared);
    }

    private Window.@Nullable Use use(Terms terms, boolean shared) {
        return terms.counting() ? ledger.use(terms.project(), terms.group(), terms.tokens(), shared, clock.millis()) : null;
    }

    /** Takes over why there is no room, so that the next proposal is another one. @return what has to be waited for; null when it is not known */
    private @Nullable Rest learn(Answer answer, Terms terms) {
        Place quota = new Place(Scope.PROJECT_MODEL, terms.project(), terms.group());
        return switch (answer) {
            case Answer.Resting resting -> rest(resting.note(), terms);
            case Answer.Full full -> full.any() == 0 ? null : hold(quota, until(full.any(), Rest.Kind.QUOTA, FULL));
            case Answer.DayOver over -> hold(quota, until(over.left(), Rest.Kind.DAILY, "the day's requests are used up by all nodes"));
            case Answer.Busy busy -> hold(new Place(Scope.KEY, terms.key(), ""), until(BUSY_FOR.toMillis(), Rest.Kind.QUOTA, BUSY));
            case Answer.Turn turn -> hold(quota, until(turn.left(), Rest.Kind.QUOTA, BUSY));
            case Answer.Taken taken -> null;
            case Answer.Unseeded unseeded -> null;
            case Answer.Lost lost -> null;
        };
    }

    private Rest hold(Place place, Rest rest) {
        mirror.hold(place, rest);
        return rest;
    }

    private @Nullable Rest rest(Note note, Terms terms) {
        Rest rest = note.rest(clock.millis());
        if (note.isPause()) {
            Health health = mirror.health(terms.key());
            mirror.health(terms.key(), new Health(health.failures(), health.pauses(), health.suspicions(), Optional.of(rest)));
        } else {
            mirror.rest(note.place(terms.project()), rest);
        }
        return rest.kind().quota() ? rest : null;
    }

    private Rest until(long left, Rest.Kind kind, String reason) {
        return new Rest(Instant.ofEpochMilli(clock.millis() + left), kind, reason);
    }

    private static @Nullable Rest sooner(@Nullable Rest one, @Nullable Rest other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.soonerThan(one) ? other : one;
    }

    /** The soonest of what this node says itself, and of what Redis has said. @param tight a project that has no room for the size alone */
    private static Claimed refused(Claimed proposed, @Nullable Rest soonest, Claimed.@Nullable Tight tight) {
        Claimed own = proposed instanceof Claimed.Resting resting ? rested(sooner(resting.rest(), soonest))
                : proposed instanceof Claimed.Tried ? rested(soonest) : proposed;
        return switch (own) {
            case Claimed.Resting resting when tight != null && tight.until().isBefore(resting.rest().until()) -> tight;
            case Claimed.Tight known when tight != null && tight.until().isBefore(known.until()) -> tight;
            case Claimed.Tried tried when tight != null -> tight;
            default -> own;
        };
    }

    private static Claimed rested(@Nullable Rest rest) {
        if (rest == null) {
            return new Claimed.Tried();
        }
        return rest.reason().equals(BUSY) ? new Claimed.Busy(rest.until()) : new Claimed.Resting(rest);
    }

    /** A project has no room for a request of this size; a smaller one may find some. */
    private Claimed.@Nullable Tight tight(Answer answer, Terms terms, Claimed.@Nullable Tight before) {
        if (!(answer instanceof Answer.Full full) || full.any() > 0) {
            return before;
        }
        Claimed.Tight tight = new Claimed.Tight(Instant.ofEpochMilli(clock.millis() + full.left()), terms.project(), terms.tokens() - 1);
        return before == null || tight.until().isBefore(before.until()) ? tight : before;
    }

    @Override
    public Health release(Grant grant, Settlement settlement) {
        if (!(grant instanceof SharedGrant shared)) {
            throw new IllegalArgumentException("not a grant of this state");
        }
        Terms terms = shared.terms();
        Health before = mirror.health(terms.key());
        Health after = own.release(shared.own(), settlement);
        ledger.settle(shared.use(), terms.tokens(), settlement);
        node.closed(shared);
        Optional<Snapshot.Day> day = referee.give(link::run, terms, shared.id(), settlement, learned(terms, settlement, before, after));
        day.ifPresentOrElse(used -> mirror.used(new Quota(terms.project(), terms.model()), used), () -> {
            node.doubt(terms, shared.id(), settlement.counted() ? new Settlement.Ignored() : new Settlement.Unsent());
            if (settlement instanceof Settlement.Used used) {
                ledger.uncounted(terms.project(), terms.model(), 1, used.tokens());
            }
        });
        return after;
    }

    private Change learned(Terms terms, Settlement settlement, Health before, Health after) {
        long now = clock.millis();
        return switch (settlement) {
            case Settlement.Used used when before.equals(Health.GOOD) -> Change.none();
            case Settlement.Used used -> Change.of(terms.project(), terms.key(), after, List.of(), now);
            case Settlement.Failed failed -> Change.of(terms.project(), terms.key(), after, List.of(), now);
            case Settlement.Suspected suspected -> Change.of(terms.project(), terms.key(), after,
                    note(new Place(Scope.PROJECT, terms.project(), ""), now), now);
            // Every node reads the caps and their use from the database.
            case Settlement.Cool cool when cool.rest().kind() == Rest.Kind.CAPPED -> Change.none();
            case Settlement.Cool cool -> {
                Change change = Change.of(terms.project(), note(place(cool.scope(), terms), now));
                yield cool.told().isEmpty() ? change
                        : change.with(terms.group(), mirror.told(new Quota(terms.project(), terms.group())));
            }
            case Settlement.Ignored ignored -> Change.none();
            case Settlement.Unsent unsent -> Change.none();
        };
    }

    private List<Note> note(Place place, long now) {
        return mirror.restOf(place).filter(rest -> rest.until().toEpochMilli() > now).map(rest -> Note.of(place, rest, now)).stream()
                .toList();
    }

    private static Place place(Scope scope, Terms terms) {
        return switch (scope) {
            case KEY -> new Place(scope, terms.key(), "");
            case KEY_MODEL -> new Place(scope, terms.key(), terms.model());
            case PROJECT -> new Place(scope, terms.project(), "");
            case PROJECT_MODEL -> new Place(scope, terms.project(), terms.group());
        };
    }

    @Override
    public Health failed(String key, String reason) {
        Health health = own.failed(key, reason);
        tell(key, health, List.of());
        return health;
    }

    @Override
    public void resume(String key) {
        own.resume(key);
        tell(key, mirror.health(key), List.of(new Note("P", 0, Rest.Kind.SUSPECT.name(), "")));
    }

    private void tell(String key, Health health, List<Note> notes) {
        String project = mirror.project(key);
        if (project != null) {
            referee.tell(link::run, Change.of(project, key, health, notes, clock.millis()));
        }
    }

    @Override
    public void join(Member member) {
        moving(member.id(), () -> own.join(member));
    }

    @Override
    public boolean assign(String key, String project) {
        boolean[] news = new boolean[1];
        moving(key, () -> news[0] = own.assign(key, project));
        if (news[0]) {
            link.publish(Json.objectBuilder().add("kind", "assign").add("node", id).add("key", key).add("project", project).build()
                    .toString());
        }
        return news[0];
    }

    private void moving(String key, Runnable change) {
        String before = mirror.project(key);
        change.run();
        String after = mirror.project(key);
        if (before != null && after != null && !before.equals(after)) {
            node.moved(before, after);
        }
    }

    @Override
    public void leave(String key) {
        own.leave(key);
    }

    @Override
    public void regroup(Map<String, String> groupsByModel) {
        own.regroup(groupsByModel);
        node.regrouped();
    }

    @Override
    public void lift(Rest.Kind kind) {
        own.lift(kind);
    }

    @Override
    public Cleared reset() {
        Set<String> projects = new HashSet<>(mirror.days().keySet());
        projects.addAll(mirror.rests().keySet());
        Cleared cleared = own.reset();
        projects.forEach(project -> referee.forget(link::run, project));
        link.publish(Json.objectBuilder().add("kind", "reset").add("node", id).build().toString());
        return cleared;
    }

    @Override
    public void remember(String name, String text, Duration ttl) {
        own.remember(name, text, ttl);
        link.set(name(name), text, ttl);
    }

    @Override
    public Optional<String> recall(String name) {
        Optional<String> here = own.recall(name);
        if (here.isPresent() || !link.isJoined()) {
            return here;
        }
        Optional<String> there = link.get(name(name));
        there.ifPresent(text -> own.remember(name, text, KEPT_HERE));
        return there;
    }

    /** Names are made of what clients send: in Redis they have one size. */
    private static String name(String name) {
        return "hydra:memory:" + Fingerprint.hash(Secret.of(name));
    }

    @Override
    public Snapshot snapshot() {
        return own.snapshot();
    }

    @Override
    public void restore(Snapshot snapshot) {
        own.restore(snapshot);
    }

    @Override
    public long changes() {
        return own.changes();
    }

    @Override
    public void onRoom(Runnable listener) {
        node.onRoom(listener);
    }

    @Override
    public Cluster cluster() {
        return new Cluster(link.isJoined() ? "joined" : "lost", node.nodes(), link.trouble());
    }

    /** Whether messages of other nodes are heard. */
    boolean isListening() {
        return link.isListening();
    }

    /** Ends as a process does that is killed: Redis hears nothing of it. */
    void die() {
        link.close();
    }

    @Override
    public void close() {
        referee.leave(link::run);
        link.close();
    }
}
