package dev.hydra.gateway;

import dev.hydra.access.Caller;
import dev.hydra.conversation.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The facts of one request, gathered while it goes its way; listeners see it when it is over. Attempts and ignored fields may still be added by
 * the thread that reads the provider when a caller left early, so these two bear readers meanwhile.
 */
public final class Exchange {
    private final String id;
    private final Caller caller;
    private final String dialect;
    private final Instant started;
    private final long startedNanos;
    private final long bytesIn;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final Set<String> ignored = ConcurrentHashMap.newKeySet();
    private String model = "";
    private boolean streamed;
    private int status;
    private String failure = "";
    private Usage usage = Usage.NONE;
    private Optional<Duration> firstByte = Optional.empty();
    private long bytesOut;
    private Duration took = Duration.ZERO;

    Exchange(String id, Caller caller, String dialect, Instant started, long startedNanos, long bytesIn) {
        this.id = id;
        this.caller = caller;
        this.dialect = dialect;
        this.started = started;
        this.startedNanos = startedNanos;
        this.bytesIn = bytesIn;
    }

    /** Unique; the client sees it as {@code x-request-id}. */
    public String id() {
        return id;
    }

    /** Who asked. */
    public Caller caller() {
        return caller;
    }

    /** Id of the client's dialect. */
    public String dialect() {
        return dialect;
    }

    /** When the request came. */
    public Instant started() {
        return started;
    }

    /** The model that the client asked for; empty when the request was not understood. */
    public String model() {
        return model;
    }

    /** Whether a stream was asked for. */
    public boolean streamed() {
        return streamed;
    }

    /** Every try, in order; empty when none was made. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Fields of the request that were not carried. */
    public Set<String> ignored() {
        return ignored;
    }

    /** HTTP status that the client got; 499 when it left before the end. */
    public int status() {
        return status;
    }

    /** What went wrong, for operators; empty when all went well. Without secrets. */
    public String failure() {
        return failure;
    }

    /** Tokens as the provider counted them. */
    public Usage usage() {
        return usage;
    }

    /** From the request to the first byte of content sent; empty when none was. */
    public Optional<Duration> firstByte() {
        return firstByte;
    }

    /** Size of the request's body in bytes. */
    public long bytesIn() {
        return bytesIn;
    }

    /** Size of the answer's body in bytes. */
    public long bytesOut() {
        return bytesOut;
    }

    /** From the request to its end. */
    public Duration took() {
        return took;
    }

    void asked(String askedModel, boolean askedStream) {
        model = askedModel;
        streamed = askedStream;
    }

    /** A try begins. @return its place, for {@link #tried} */
    int trying(Attempt attempt) {
        attempts.add(attempt);
        return attempts.size() - 1;
    }

    /** A try has ended. */
    void tried(int place, Attempt attempt) {
        attempts.set(place, attempt);
    }

    void used(Usage counted) {
        usage = counted;
    }

    void sent(long bytes, boolean content) {
        if (content && firstByte.isEmpty()) {
            firstByte = Optional.of(age());
        }
        bytesOut += bytes;
    }

    void failed(String why) {
        failure = why;
    }

    void ended(int finalStatus) {
        status = finalStatus;
        took = age();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
