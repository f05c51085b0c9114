package dev.hydra.demo;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running simulated Gemini API. Thread-safe; closing it closes every connection.
 *
 * <p>{@link #demo()} describes the one of {@code hydra gateway --demo}; {@link #builder()} an empty one. Faults are ordered while it
 * runs: {@link #enqueue(Fault)} for the next POST, {@link #failKey} and {@link #failModel} until repaired.
 */
public final class SimulatedGemini implements AutoCloseable {
    private final HttpListener listener;
    private final String host;
    private final FaultPlan faults;
    private final QuotaLedger quotas;
    private final RequestLog log;

    private SimulatedGemini(Builder plan) {
        faults = new FaultPlan();
        quotas = new QuotaLedger(plan.clock);
        log = new RequestLog(plan.recorded);
        host = plan.host;
        Ids ids = new Ids();
        Delivery delivery = new Delivery(plan.pace);
        Callers callers = new Callers(plan.projects, plan.anyKey);
        Generation generation = new Generation(callers, quotas, new Composer(ids, plan.answer), ids, delivery);
        GeminiApi api = new GeminiApi(callers, new ModelList(plan.models, delivery), generation, delivery, faults, log);
        listener = HttpListener.start(new InetSocketAddress(plan.host, plan.port), api);
    }

    /** A description without keys; loopback, a free port, the demo's models, no pace, nothing recorded. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The demo's content: keys {@code demo-key-1} to {@code demo-key-3} of three projects with quotas in the free tier's shape, and
     * answers at the speed of a quick model.
     */
    public static Builder demo() {
        Builder builder = builder().pace(Duration.ofMillis(20));
        Map<String, Quota> quotas = Map.of("gemini-2.5-pro", Quota.free(15, 250_000, 500),
                "gemini-3.1-pro-preview", Quota.free(15, 250_000, 500));
        for (int i = 1; i <= 3; i++) {
            builder.project(new SimulatedProject("10000000000" + i, List.of("demo-key-" + i), Quota.free(60, 1_000_000, 5_000), quotas));
        }
        return builder;
    }

    /** The keys of {@link #demo()}. */
    public static List<String> demoKeys() {
        return List.of("demo-key-1", "demo-key-2", "demo-key-3");
    }

    /** The address to use in place of {@code https://generativelanguage.googleapis.com}; no slash at the end. */
    public URI url() {
        return URI.create("http://" + host + ":" + listener.port());
    }

    /** The port that it listens on. */
    public int port() {
        return listener.port();
    }

    /** Orders a fault for the next POST of any key. */
    public void enqueue(Fault fault) {
        faults.enqueue(fault);
    }

    /** Orders a fault for the key's next POST. */
    public void enqueueFor(String key, Fault fault) {
        faults.enqueueFor(key, fault);
    }

    /** Lets every request of the key fail from now on. */
    public void failKey(String key, Fault fault) {
        faults.failKey(key, fault);
    }

    /** Lets every POST to the model fail from now on. */
    public void failModel(String model, Fault fault) {
        faults.failModel(model, fault);
    }

    /** Ends what {@link #failKey} and {@link #enqueueFor} ordered for the key. */
    public void repairKey(String key) {
        faults.repairKey(key);
    }

    /** Ends what {@link #failModel} ordered. */
    public void repairModel(String model) {
        faults.repairModel(model);
    }

    /** Forgets ordered faults, used quota and recorded requests. */
    public void reset() {
        faults.clear();
        quotas.clear();
        log.clear();
    }

    /** Takes the oldest recorded request, waiting for one up to the timeout; empty when none came. */
    public Optional<RecordedRequest> takeRequest(Duration timeout) {
        return log.take(timeout);
    }

    /** Takes the oldest request whose client left before the reply was complete, waiting for one up to the timeout. */
    public Optional<RecordedRequest> takeAbandoned(Duration timeout) {
        return log.takeAbandoned(timeout);
    }

    /** How many requests have come in since the start, recorded or not. */
    public long requestCount() {
        return log.total();
    }

    /** How many requests quotas have let through since the start. */
    public long withinQuota() {
        return quotas.booked();
    }

    /** How many requests were refused because a quota was used up, since the start. */
    public long beyondQuota() {
        return quotas.refused();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** What to simulate. Not thread-safe. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private List<SimulatedModel> models = SimulatedModel.DEMO;
        private final List<SimulatedProject> projects = new ArrayList<>();
        private Optional<Quota> anyKey = Optional.empty();
        private Clock clock = Clock.systemUTC();
        private Duration pace = Duration.ZERO;
        private List<String> answer = List.of();
        private int recorded;

        private Builder() {
        }

        /** Where to listen; the default is 127.0.0.1 with port 0, a free one. */
        public Builder listenOn(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        /** Replaces the models. */
        public Builder models(List<SimulatedModel> newModels) {
            models = List.copyOf(newModels);
            return this;
        }

        /** Adds a project with its keys. */
        public Builder project(SimulatedProject project) {
            projects.add(project);
            return this;
        }

        /** Takes every unknown key too, as a project of its own with this quota. */
        public Builder anyKey(Quota quota) {
            anyKey = Optional.of(quota);
            return this;
        }

        /** The time that quotas go by. */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** The pause after each event of a stream; zero for none. */
        public Builder pace(Duration newPace) {
            pace = newPace;
            return this;
        }

        /** Answers every plain prompt with these texts, one event each in a stream, instead of talking about what was said. */
        public Builder answer(List<String> chunks) {
            answer = List.copyOf(chunks);
            return this;
        }

        /** Keeps so many of the last requests for {@link SimulatedGemini#takeRequest}; 0, the default, keeps none. */
        public Builder record(int requests) {
            recorded = requests;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws java.io.UncheckedIOException when the address is taken
         */
        public SimulatedGemini start() {
            return new SimulatedGemini(this);
        }
    }
}
