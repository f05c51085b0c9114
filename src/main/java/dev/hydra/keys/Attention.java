package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.keys.KeyList.Problem;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator should look at, with the reason: keys that are of no use, quotas and caps that are used up for long, what cannot be reached. */
@Component
public final class Attention {
    /** A rest that lasts longer than this is worth telling: minutes pass by themselves. */
    private static final Duration LONG = Duration.ofHours(1);

    private final Keys keys;
    private final SharedState state;
    private final ModelCatalogue catalogue;
    private final Caps caps;
    private final Clock clock;

    /** Over the pool's parts. */
    @Inject
    public Attention(Keys keys, SharedState state, ModelCatalogue catalogue, Caps caps, Clock clock) {
        this.keys = keys;
        this.state = state;
        this.catalogue = catalogue;
        this.caps = caps;
        this.clock = clock;
    }

    /** What an item is about. */
    public enum Kind {
        /** The provider refused the key; it is tested again with growing pauses. */
        DISABLED,
        /** The stored key cannot be decrypted. */
        UNREADABLE,
        /** The key failed several times in a row by itself. */
        PAUSED,
        /** A quota is used up for more than an hour. */
        RESTING,
        /** The provider told a quota of zero. */
        NO_QUOTA,
        /** A usage cap has come to its alert threshold. */
        CAP_NEAR,
        /** A usage cap is reached. */
        CAP_REACHED,
        /** No key could be asked for its models. */
        UNREACHABLE,
        /** An entry of a configured list of keys was not taken. */
        KEYS,
        /** Redis is lost: this node goes on with its part of the quotas. */
        REDIS
    }

    /**
     * @param subject key id, project, {@code project model}, or a cap's name; empty where it is the whole pool
     * @param reason  a sentence or the provider's words; without secrets
     * @param until   when it ends by itself; empty = not known, or never
     */
    public record Item(Kind kind, String subject, String reason, Optional<Instant> until) {
    }

    /** Everything now, by kind. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        List<KeyEntry> all = keys.list();
        all.forEach(key -> of(key).ifPresent(items::add));
        rests(items);
        for (CapProgress cap : caps.progress()) {
            if (cap.state().equals("near") || cap.state().equals("reached")) {
                items.add(new Item(cap.state().equals("near") ? Kind.CAP_NEAR : Kind.CAP_REACHED, cap.cap().name(),
                        cap.percent() + " % of " + cap.cap().words() + " for " + cap.cap().models() + " are used",
                        Optional.of(cap.resets())));
            }
        }
        catalogue.trouble().filter(why -> all.stream().anyMatch(key -> key.status().equals("active")))
                .ifPresent(why -> items.add(new Item(Kind.UNREACHABLE, "", why, Optional.empty())));
        keys.problems().forEach((source, problems) -> problems.forEach(problem -> items.add(problem(source, problem))));
        if (state.cluster().redis().equals("lost")) {
            items.add(new Item(Kind.REDIS, "", state.cluster().trouble(), Optional.empty()));
        }
        items.sort(Comparator.comparing(Item::kind).thenComparing(Item::subject));
        return items;
    }

    private static Item problem(String source, Problem problem) {
        return new Item(Kind.KEYS, source, problem.toString(), Optional.empty());
    }

    private static Optional<Item> of(KeyEntry key) {
        return switch (key.status()) {
            case "disabled" -> Optional.of(new Item(Kind.DISABLED, key.id(), key.reason(), Optional.empty()));
            case "unreadable" -> Optional.of(new Item(Kind.UNREADABLE, key.id(), key.reason(), Optional.empty()));
            case "paused" -> Optional.of(new Item(Kind.PAUSED, key.id(), key.reason(), key.until()));
            default -> Optional.empty();
        };
    }

    private void rests(List<Item> items) {
        Instant now = clock.instant();
        for (Map.Entry<Snapshot.Place, Rest> entry : state.snapshot().rests().entrySet()) {
            Rest rest = entry.getValue();
            boolean none = rest.kind() == Rest.Kind.NO_QUOTA;
            boolean told = rest.kind() == Rest.Kind.CAPPED || rest.kind() == Rest.Kind.NO_MODEL;
            if (!told && rest.until().isAfter(none ? now : now.plus(LONG))) {
                String subject = (entry.getKey().owner() + " " + entry.getKey().model()).strip();
                items.add(new Item(none ? Kind.NO_QUOTA : Kind.RESTING, subject, rest.reason(), Optional.of(rest.until())));
            }
        }
    }
}
