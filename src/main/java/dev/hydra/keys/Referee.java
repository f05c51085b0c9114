package dev.hydra.keys;

import dev.hydra.keys.Snapshot.Day;
import dev.hydra.keys.redis.Script;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Redis as the one who decides for all nodes: what it is asked and what it answers, one script for each step. All keys of a project carry its hash tag, so that
 * each step touches one slot of a cluster.
 */
final class Referee {
    /** Leases end so long after the last sign of life of their node. */
    static final Duration LEASE = Duration.ofSeconds(15);
    /** A node that was not heard of for so long is not counted. */
    private static final Duration ALIVE = Duration.ofSeconds(5);

    private static final String PREFIX = "hydra:";
    private static final String NODES = PREFIX + "{nodes}:alive";
    private static final String MARK = PREFIX + "{nodes}:mark";
    private static final Script TAKE = Script.of("project.lua", "lease.lua");
    private static final Script GIVE = Script.of("project.lua", "release.lua");
    private static final Script SEED = Script.of("project.lua", "seed.lua");
    private static final Script RENEW = Script.of("project.lua", "renew.lua");
    private static final Script FORGET = Script.of("project.lua", "forget.lua");
    private static final Script BEAT = Script.of("beat.lua");
    private static final Script LEAVE = Script.of("leave.lua");

    private final String node;
    private final String channel;
    private final Clock clock;
    private volatile Midnights midnights = Midnights.around(Instant.EPOCH);

    /** How scripts are run; empty when Redis is lost. */
    interface Line {
        <T> Optional<T> run(Script script, List<String> keys, List<String> args, Function<List<?>, T> reader);
    }

    /** What a node knows of a project. @param force even where Redis has heard of the project from this node */
    record Share(boolean force, Map<String, List<long[]>> uses, Collection<SharedGrant> leases, List<DayPart> days, List<Note> rests) {
    }

    /** @param more requests and tokens that Redis has not counted; {@code known} = what it should have had before */
    record DayPart(String model, long known, long knownTokens, long more, long moreTokens) {
    }

    /** @param nodes that are alive. {@code mark} = another one when Redis has lost everything */
    record Beat(int nodes, String mark) {
    }

    Referee(String node, String channel, Clock clock) {
        this.node = node;
        this.channel = channel;
        this.clock = clock;
    }

    /** Beginnings of Google's days, as Redis picks the right one by its own clock. @param until when they are out of date */
    private record Midnights(long until, List<String> starts) {
        static Midnights around(Instant now) {
            LocalDate today = now.atZone(Days.GOOGLE).toLocalDate();
            List<Long> starts = List.of(-1, 0, 1, 2).stream().map(days -> start(today.plusDays(days))).toList();
            return new Midnights(starts.get(2), starts.stream().map(Object::toString).toList());
        }

        private static long start(LocalDate day) {
            return day.atStartOfDay(Days.GOOGLE).toInstant().toEpochMilli();
        }
    }

    private List<String> midnights() {
        Midnights known = midnights;
        if (clock.millis() >= known.until) {
            known = Midnights.around(clock.instant());
            midnights = known;
        }
        return known.starts;
    }

    /** Names of what a project, and a quota of it, have in Redis. */
    static List<String> names(String project, String group) {
        String tag = PREFIX + '{' + project.replace('{', '(').replace('}', ')') + "}:";
        return List.of(tag + "leases", tag + "ends", tag + "steps:" + group, tag + "uses:" + group, tag + "days", tag + "rests",
                tag + "waits");
    }

    /** Asks for a key. @param id of the lease; the same one is never given twice */
    Answer take(Line line, Terms terms, String id) {
        List<String> args = new ArrayList<>(List.of(node, id, terms.key(), terms.group(), terms.model(), Long.toString(terms.tokens()),
                figure(terms.limit().rpm()), figure(terms.limit().tpm()), figure(terms.limit().rpd()), Integer.toString(terms.most()),
                Long.toString(LEASE.toMillis()), terms.counting() ? "1" : "0", Long.toString(Window.STEP), Long.toString(Window.SPAN)));
        args.addAll(midnights());
        args.addAll(terms.models());
        return line.run(TAKE, names(terms.project(), terms.group()), args, Referee::answer).orElseGet(Answer.Lost::new);
    }

    private static String figure(long limit) {
        return limit == Limit.UNKNOWN ? "-1" : Long.toString(limit);
    }

    private static Answer answer(List<?> reply) {
        return switch (text(reply, 0)) {
            case "taken" -> new Answer.Taken();
            case "rest" -> new Answer.Resting(new Note(text(reply, 2), number(reply, 1), text(reply, 3), text(reply, 4)));
            case "full" -> new Answer.Full(number(reply, 1), number(reply, 2));
            case "day" -> new Answer.DayOver(number(reply, 1));
            case "busy" -> new Answer.Busy();
            case "turn" -> new Answer.Turn(number(reply, 1));
            case "seed" -> new Answer.Unseeded();
            default -> throw new IllegalStateException("Redis answers " + reply.getFirst());
        };
    }

    /**
     * Gives a key back, and tells what was learned.
     *
     * @param id    of the lease; empty = Redis does not know of it
     * @return what all nodes have used of the model today; empty when Redis is lost
     */
    Optional<Day> give(Line line, Terms terms, String id, Settlement settlement, Change change) {
        boolean answered = settlement instanceof Settlement.Used;
        long input = settlement instanceof Settlement.Used used && used.input() > 0 ? used.input() : -1;
        long tokens = settlement instanceof Settlement.Used used ? used.tokens() : 0;
        List<String> args = new ArrayList<>(List.of(node, id, terms.key(), terms.group(), terms.model(), settlement.counted() ? "1" : "0",
                Long.toString(input), answered ? "1" : "0", Long.toString(tokens), channel, change.isNone() ? "" : change.message(node)));
        args.addAll(midnights());
        change.notes().forEach(note -> args.addAll(List.of(note.field(), Long.toString(note.left()), note.kind(), note.reason())));
        return line.run(GIVE, names(terms.project(), terms.group()), args, Referee::day);
    }

    private static Day day(List<?> reply) {
        LocalDate date = Instant.ofEpochMilli(number(reply, 2)).atZone(Days.GOOGLE).toLocalDate();
        return new Day(date, number(reply, 0), number(reply, 1));
    }

    /** Tells what was learned without a request. */
    void tell(Line line, Change change) {
        give(line, new Terms(change.project(), "", "", "", List.of(), Limit.NONE, 0, false, 0), "", new Settlement.Ignored(), change);
    }

    /** Adds what this node knows of a project. @return false when that was done before, or Redis is lost */
    boolean seed(Line line, String project, Share share) {
        List<String> groups = List.copyOf(share.uses.keySet());
        List<String> names = new ArrayList<>(names(project, groups.isEmpty() ? "" : groups.getFirst()));
        groups.stream().skip(1).forEach(group -> names.addAll(names(project, group).subList(2, 4)));
        long now = clock.millis();
        JsonArrayBuilder uses = Json.arrayBuilder();
        groups.forEach(group -> uses.add(uses(share.uses.get(group), now)));
        JsonArrayBuilder leases = Json.arrayBuilder();
        share.leases.forEach(grant -> leases
                .add(row(grant.id(), grant.terms().key(), grant.terms().group()).add(grant.terms().tokens())));
        JsonArrayBuilder days = Json.arrayBuilder();
        share.days.forEach(day -> days
                .add(row(day.model).add(day.known).add(day.knownTokens).add(day.more).add(day.moreTokens)));
        JsonArrayBuilder rests = Json.arrayBuilder();
        share.rests.forEach(note -> rests.add(row(note.field()).add(note.left()).add(note.kind()).add(note.reason())));
        List<String> starts = midnights();
        String seed = Json.objectBuilder().add("node", node).add("force", share.force).add("span", Window.SPAN).add("ttl", LEASE.toMillis())
                .add("day", starts.get(1)).add("tomorrow", Long.parseLong(starts.get(2))).add("uses", uses).add("leases", leases)
                .add("days", days).add("rests", rests).build().toString();
        return line.run(SEED, names, List.of(seed), reply -> text(reply, 0).equals("seeded")).orElse(false);
    }

    private static JsonArrayBuilder uses(List<long[]> steps, long now) {
        JsonArrayBuilder list = Json.arrayBuilder();
        steps.forEach(step -> list.add(Json.arrayBuilder().add(Math.max(0, now - step[0])).add(step[1]).add(step[2])));
        return list;
    }

    private static JsonArrayBuilder row(String... texts) {
        JsonArrayBuilder row = Json.arrayBuilder();
        Arrays.stream(texts).forEach(row::add);
        return row;
    }

    /** Leases of a project go on. @return ids of those that Redis does not know */
    List<String> renew(Line line, String project, List<String> ids) {
        List<String> args = new ArrayList<>(List.of(Long.toString(LEASE.toMillis())));
        args.addAll(ids);
        return line.run(RENEW, names(project, ""), args, Referee::texts).orElse(List.of());
    }

    /** Forgets rests and counters of the day of a project. */
    void forget(Line line, String project) {
        line.run(FORGET, names(project, ""), List.of(), List::size);
    }

    /** This node is alive. Empty when Redis is lost. */
    Optional<Beat> beat(Line line, String newMark) {
        return line.run(BEAT, List.of(NODES, MARK), List.of(node, Long.toString(ALIVE.toMillis()), newMark),
                reply -> new Beat((int) number(reply, 0), text(reply, 1)));
    }

    /** This node ends. */
    void leave(Line line) {
        line.run(LEAVE, List.of(NODES), List.of(node), List::size);
    }

    private static List<String> texts(List<?> reply) {
        return reply.stream().map(String::valueOf).toList();
    }

    private static String text(List<?> reply, int index) {
        return String.valueOf(reply.get(index));
    }

    private static long number(List<?> reply, int index) {
        return Long.parseLong(text(reply, index));
    }
}
