package dev.hydra.keys;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The admin API of the pool's state and of the models. Who may call is decided by a filter before. */
@Path("admin/api")
@Produces(MediaType.APPLICATION_JSON)
public class PoolResource {
    @Inject
    private Keys keys;
    @Inject
    private SharedState state;
    @Inject
    private ModelCatalogue catalogue;
    @Inject
    private Attention attention;
    @Inject
    private Clock clock;

    /**
     * The pool now.
     *
     * @param keys  with what keeps the whole key from being used
     * @param rests of projects, models and keys
     * @param days  what was used today
     * @param quotas what was used in the last minute, with limits
     * @param waiting requests that wait for a key
     */
    public record Pool(List<KeyEntry> keys, List<Resting> rests, List<Used> days, List<Usage> quotas, List<Waiting> waiting) {
    }

    /** @param scope KEY, PROJECT, PROJECT_MODEL or KEY_MODEL. {@code owner} = key id or project; {@code kind} as in {@link Rest.Kind} */
    public record Resting(String scope, String owner, String model, Instant until, String kind, String reason) {
    }

    /** What a project used today of a model. */
    public record Used(String project, String model, String date, long requests, long tokens) {
    }

    /** A quota's last minute. Limits are missing where unknown; {@code expected} = built-in figures, which refuse nobody. */
    public record Usage(String project, String model, long requests, long tokens, int open, Figures limit, Figures expected) {
    }

    /** @param rpm requests a minute, {@code tpm} input tokens a minute, {@code rpd} requests a day; missing = unknown */
    public record Figures(OptionalLong rpm, OptionalLong tpm, OptionalLong rpd) {
        static Figures of(Limit limit) {
            return new Figures(known(limit.rpm()), known(limit.tpm()), known(limit.rpd()));
        }

        private static OptionalLong known(long figure) {
            return figure == Limit.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(figure);
        }
    }

    /** @param since when the first of them came */
    public record Waiting(String model, int requests, Instant since) {
    }

    /** @param trouble why there are none; missing when there are some */
    public record Models(List<ModelEntry> models, Optional<String> trouble) {
    }

    /** Keys, rests with their reasons and ends, and today's counters. */
    @GET
    @Path("pool")
    public Pool pool() {
        Snapshot snapshot = state.snapshot();
        Instant now = clock.instant();
        List<Resting> rests = snapshot.rests().entrySet().stream().filter(entry -> entry.getValue().until().isAfter(now))
                .map(PoolResource::resting)
                .sorted(Comparator.comparing(Resting::until)).toList();
        List<Used> days = snapshot.days().entrySet().stream()
                .map(entry -> new Used(entry.getKey().project(), entry.getKey().model(), entry.getValue().date().toString(),
                        entry.getValue().requests(),
                        entry.getValue().tokens()))
                .sorted(Comparator.comparing(Used::project).thenComparing(Used::model)).toList();
        List<Usage> quotas = snapshot.fills().entrySet().stream().map(entry -> usage(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Usage::project).thenComparing(Usage::model)).toList();
        List<Waiting> waiting = keys.waiting().entrySet().stream()
                .map(entry -> new Waiting(entry.getKey(), entry.getValue().requests(), entry.getValue().since())).toList();
        return new Pool(keys.list(), rests, days, quotas, waiting);
    }

    private static Usage usage(Snapshot.Quota quota, Snapshot.Fill fill) {
        return new Usage(quota.project(), quota.model(), fill.requests(), fill.tokens(), fill.open(), Figures.of(fill.limit()),
                Figures.of(fill.guess()));
    }

    private static Resting resting(Map.Entry<Snapshot.Place, Rest> entry) {
        Rest rest = entry.getValue();
        return new Resting(entry.getKey().scope().name(), entry.getKey().owner(), entry.getKey().model(), rest.until(), rest.kind().name(),
                rest.reason());
    }

    /** @param items what an operator should look at, with the reason */
    public record Listing(List<Attention.Item> items) {
    }

    /** Keys that are of no use, quotas and caps that are used up for long, what cannot be reached. */
    @GET
    @Path("attention")
    public Listing attention() {
        return new Listing(attention.items());
    }

    /** Forgets rests, failures, counters and disabled marks; answers how many of each. */
    @POST
    @Path("pool/reset")
    public Keys.Reset reset() {
        return keys.reset();
    }

    /** The models of the usable keys, as known. */
    @GET
    @Path("models")
    public Models models() {
        return new Models(catalogue.all(), catalogue.trouble());
    }

    /** Asks every usable key for its models; answers when all have been asked. */
    @POST
    @Path("models/refresh")
    public Models refresh() {
        keys.refreshModels();
        return new Models(catalogue.all(), catalogue.trouble());
    }
}
