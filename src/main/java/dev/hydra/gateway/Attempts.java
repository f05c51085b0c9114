package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import dev.hydra.gateway.ReplySink.CallerGone;
import dev.hydra.keys.Lease;
import dev.hydra.settings.Settings;
import dev.hydra.upstream.Verdict;
import dev.hydra.wire.CallLimits;
import dev.hydra.wire.HttpCall;
import dev.hydra.wire.HttpFailure;
import dev.hydra.wire.HttpReply;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Json;
import dev.hydra.wire.SseReader;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** One try: send the request with a leased key, read the reply into the sink, and say what came of it. */
@Component
public final class Attempts {
    /** Of a provider's error document; Google's are below 10 kB. */
    private static final int LONGEST_ERROR = 256 * 1024;
    /** Of one event or a whole reply: a 4K image in base64 with room to spare. */
    private static final int LONGEST_MESSAGE = 128 * 1024 * 1024;
    private static final int LARGEST_START = 1024 * 1024;
    private static final int PIECE = 8 * 1024;

    private final HttpSender sender;
    private final Seals seals;
    private final Settings.Timeouts timeouts;
    private final Clock clock;

    @Inject
    Attempts(HttpSender sender, Seals seals, Settings settings, Clock clock) {
        this.sender = sender;
        this.seals = seals;
        this.timeouts = settings.timeouts();
        this.clock = clock;
    }

    /** What came of a try. */
    sealed interface Result {
        /** The reply is in the sink, and the lease has been told. */
        record Delivered() implements Result {
        }

        /** The provider said no. @param details as of {@link dev.hydra.dialect.Failure} */
        record Judged(Verdict verdict, JsonArray details) implements Result {
        }

        /** There is nothing to show, and nothing has been shown. @param lastResort the empty reply, when it ended in good order; else empty */
        record Unusable(Failure failure, List<ReplyEvent> lastResort, Usage usage) implements Result {
        }

        /** The reply broke when content had already gone out. */
        record BrokenOff(Failure failure) implements Result {
        }
    }

    /** Makes one try. Only a delivered reply ends the lease; for all else the caller does. */
    Result make(Route route, Lease lease, Plan plan, ReplySink sink) throws CallerGone {
        ProviderRequest request = plan.translation(route).to(route, plan);
        Try current = new Try(route, lease, plan, sink, request.reader());
        int place = plan.exchange().trying(current.told("under way"));
        String word = "caller gone";
        try {
            Result result = current.send(request);
            word = word(result);
            return result;
        } finally {
            current.account();
            plan.exchange().tried(place, current.told(word));
        }
    }

    private static String word(Result result) {
        return switch (result) {
            case Result.Delivered delivered -> "accepted";
            case Result.Judged judged -> word(judged.verdict());
            case Result.Unusable unusable -> "unusable";
            case Result.BrokenOff broken -> "broken off";
        };
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> "accepted";
            case Verdict.Exhausted exhausted -> exhausted.daily() ? "daily quota" : "quota";
            case Verdict.Rejected rejected -> "key refused";
            case Verdict.ModelUnavailable missing -> "no model";
            case Verdict.Overloaded overloaded -> "overloaded";
            case Verdict.RetryOnce broken -> "provider error";
            case Verdict.WrongOwner owner -> "wrong owner";
            case Verdict.RegionRefused region -> "region refused";
            case Verdict.CallerError error -> "request refused";
        };
    }

    /** The state of one try. */
    private final class Try {
        private final Route route;
        private final Lease lease;
        private final Plan plan;
        private final ReplySink sink;
        private final ReplyReader reader;
        private final Reply reply;
        private final long startedNanos = System.nanoTime();
        private int status;

        Try(Route route, Lease lease, Plan plan, ReplySink sink, ReplyReader reader) {
            this.route = route;
            this.lease = lease;
            this.plan = plan;
            this.sink = sink;
            this.reader = reader;
            this.reply = new Reply(sink.live());
        }

        Attempt told(String word) {
            return new Attempt(route.upstream().id(), route.model(), lease.fingerprint().value(), lease.project(), word, status,
                    Duration.ofNanos(System.nanoTime() - startedNanos));
        }

        /** What was answered counts, however it ends. */
        void account() {
            if (status > 0 && status < 400) {
                lease.answering(reply.usage().total());
            }
        }

        Result send(ProviderRequest request) throws CallerGone {
            if (plan.deadline().passed()) {
                return unusable(Failure.of(Kind.TIMEOUT, "The request could not be answered within its time limit."), List.of());
            }
            HttpCall call = route.upstream().call(route.model(), sink.live(), request.body(sink.live()), lease.key(), request.passage());
            Duration silence = plan.deadline().atMost(sink.live() ? timeouts.stream() : timeouts.whole());
            try (HttpReply answer = sender.send(call, new CallLimits(timeouts.connect(), timeouts.write(), silence))) {
                status = answer.status();
                if (status >= 400) {
                    return judged(answer.body().readNBytes(LONGEST_ERROR));
                }
                return read(answer);
            } catch (IOException e) {
                return broken(e);
            } catch (ReplyReader.MalformedReply e) {
                return unusable("The provider's reply cannot be read: " + e.getMessage(), List.of());
            }
        }

        private Result read(HttpReply answer) throws IOException, CallerGone {
            if (sink.live()) {
                SseReader events = new SseReader(answer.body(), LONGEST_MESSAGE);
                while (events.next()) {
                    reader.read(events.buffer(), events.offset(), events.length(), reply);
                    pass(reply.due());
                }
            } else {
                byte[] document = document(answer);
                reader.read(document, 0, document.length, reply);
            }
            reader.end(reply);
            return end(reply.ending(!sink.live()));
        }

        /** Reads a whole reply piece by piece, since the limit of silence alone would let a trickle go on past the deadline. */
        private byte[] document(HttpReply answer) throws IOException {
            ByteArrayOutputStream document = new ByteArrayOutputStream(Math.clamp(answer.length(), 1024, LARGEST_START));
            byte[] piece = new byte[PIECE];
            for (int size = answer.body().read(piece); size >= 0; size = answer.body().read(piece)) {
                document.write(piece, 0, size);
                if (plan.deadline().passed() || document.size() > LONGEST_MESSAGE) {
                    throw new IOException("the reply takes too long or is too large");
                }
            }
            return document.toByteArray();
        }

        private void pass(List<ReplyEvent> events) throws CallerGone {
            seals.remember(plan.exchange().caller(), events);
            sink.take(events);
        }

        private Result end(Reply.Ending ending) throws CallerGone {
            return switch (ending) {
                case GOOD -> deliver();
                case UNFINISHED -> {
                    reply.unfinished().stream()
                            .forEach(candidate -> reply.accept(new ReplyEvent.Finished(candidate, FinishReason.OTHER, "")));
                    yield deliver();
                }
                case EMPTY -> reply.committed() ? deliver() : unusable("The model gave an empty answer.", reply.release());
                case MALFORMED -> unusable("The model called a function in a malformed way. " + reply.explanation(),
                        reply.shown() ? reply.release() : List.of());
                case CUT -> unusable("The provider's reply ended before it was complete.", List.of());
                case ERROR -> error(reply.error().orElseThrow());
            };
        }

        private Result deliver() throws CallerGone {
            lease.succeeded(reply.usage().prompt(), reply.usage().total());
            plan.exchange().used(reply.usage());
            pass(reply.release());
            return new Result.Delivered();
        }

        private Result unusable(String message, List<ReplyEvent> lastResort) {
            return unusable(Failure.of(Kind.PROVIDER_ERROR, message), lastResort);
        }

        private Result unusable(Failure failure, List<ReplyEvent> lastResort) {
            return reply.committed() ? new Result.BrokenOff(failure) : new Result.Unusable(failure, lastResort, reply.usage());
        }

        private Result error(JsonObject document) {
            status = document.get("error") instanceof JsonObject error && error.get("code") instanceof JsonNumber code ? code.intValue()
                    : 500;
            Result.Judged judged = judged(Json.bytes(document));
            return reply.committed() ? new Result.BrokenOff(Trouble.failureOf(judged, clock.instant())) : judged;
        }

        private Result.Judged judged(byte[] error) {
            return new Result.Judged(route.upstream().verdict(status, error, route.model(), clock.instant(), lease.key()),
                    route.upstream().details(error, lease.key()));
        }

        private Result broken(IOException e) throws CallerGone {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallerGone();
            }
            boolean late = plan.deadline().passed() || e instanceof HttpFailure failure && failure.timedOut();
            String message = late ? "The provider did not answer in time." : "The connection to the provider broke.";
            return unusable(Failure.of(late ? Kind.TIMEOUT : Kind.PROVIDER_ERROR, message), List.of());
        }
    }
}
