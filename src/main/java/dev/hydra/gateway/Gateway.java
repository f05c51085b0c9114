package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.ReplySink.CallerGone;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Threads;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of one request, the same for every dialect: peek, open the exchange, read, find routes, let {@link Failover} have it answered, write
 * the answer in the client's dialect, tell the listeners.
 */
@Component
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int BYTES_PER_TOKEN = 4;

    private final Routes routes;
    private final Failover failover;
    private final Translations translations;
    private final Archives archives;
    private final List<ExchangeListener> listeners;
    private final InFlight inFlight;
    private final Settings settings;
    private final Clock clock;
    private final Belongings belongings;
    private final ThreadFactory readers = Threads.virtual("reply-");

    @Inject
    Gateway(Routes routes, Failover failover, Translations translations, Archives archives, Belongings belongings,
            @Any Instance<ExchangeListener> listeners, InFlight inFlight, Settings settings, Clock clock) {
        this(routes, failover, translations, archives, belongings, listeners.stream().toList(), inFlight, settings, clock);
    }

    Gateway(Routes routes, Failover failover, Translations translations, Archives archives, Belongings belongings,
            List<ExchangeListener> listeners, InFlight inFlight, Settings settings, Clock clock) {
        this.routes = routes;
        this.failover = failover;
        this.translations = translations;
        this.archives = archives;
        this.listeners = listeners;
        this.inFlight = inFlight;
        this.settings = settings;
        this.clock = clock;
        this.belongings = belongings;
    }

    /**
     * Answers a request. Returns when the answer is known, or a stream has begun; never throws for anything that the client or a provider did.
     *
     * @param body the request's bytes; not changed, needed until the answer is complete
     */
    public Answer answer(ClientDialect dialect, Caller caller, byte[] body) {
        Exchange exchange = new Exchange(ExchangeIds.next(), caller, dialect.id(), clock.instant(), System.nanoTime(), body.length);
        Ending ending = new Ending(exchange, dialect, this::tell);
        try {
            Ask ask = dialect.peek(body);
            belongings.check(caller, ask.affinities());
            exchange.asked(ask.model(), ask.streamed());
            ClientRequest request = dialect.read(body, archives.of(caller));
            Plan plan = new Plan(exchange, translations.of(dialect, body, request, caller), routes.candidates(ask.model()),
                    ask.affinities(),
                    body.length / BYTES_PER_TOKEN, Deadline.in(settings.timeouts().total()));
            return ask.streamed() ? stream(plan, request, ending) : whole(plan, request, ending);
        } catch (InvalidRequest e) {
            return ending.refused(invalid(e));
        } catch (RuntimeException | Error e) {
            LOG.error("Exchange {} failed inside", exchange.id(), e);
            return ending.refused(Failure.of(Kind.INTERNAL, "The gateway failed inside; its log has the details under this request's id."));
        }
    }

    private Answer whole(Plan plan, ClientRequest request, Ending ending) {
        WholeReply reply = new WholeReply();
        Optional<Failure> failure = run(plan, reply);
        if (failure.isPresent()) {
            return ending.refused(failure.get());
        }
        return ending.whole(reply.events(), request);
    }

    private Optional<Failure> run(Plan plan, WholeReply reply) {
        // Interrupting a virtual thread closes the socket that it reads: that ends the provider's call.
        InFlight.Tie tie = inFlight.tie(Thread.currentThread()::interrupt);
        try {
            return failover.run(plan, reply);
        } catch (CallerGone e) {
            return Optional.of(InFlight.failure());
        } finally {
            tie.close();
            if (tie.isCut()) {
                Thread.interrupted(); // the answer is still to be written
            }
        }
    }

    private Answer stream(Plan plan, ClientRequest request, Ending ending) {
        ReplyStream reply = new ReplyStream(plan.deadline(), readers, sink -> read(plan, sink));
        ending.afterwards(inFlight.tie(() -> reply.breakOff(InFlight.failure()))::close);
        return new Outflow(reply, plan.deadline(), request, ending, settings.streams()).open();
    }

    private void read(Plan plan, ReplyStream sink) {
        try {
            sink.finish(readAll(plan, sink));
        } catch (CallerGone e) {
            LOG.debug("The caller of exchange {} has gone", plan.exchange().id());
        }
    }

    private Optional<Failure> readAll(Plan plan, ReplyStream sink) throws CallerGone {
        try {
            return failover.run(plan, sink);
        } catch (InvalidRequest e) {
            return Optional.of(invalid(e));
        } catch (RuntimeException | Error e) {
            LOG.error("Exchange {} failed inside", plan.exchange().id(), e);
            return Optional.of(Failure.of(Kind.INTERNAL, "The gateway failed inside; its log has the details under this request's id."));
        }
    }

    private static Failure invalid(InvalidRequest e) {
        return new Failure(e.kind(), e.getMessage(), e.field(), Optional.empty());
    }

    private void tell(Exchange exchange) {
        for (ExchangeListener listener : listeners) {
            try {
                listener.finished(exchange);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on exchange {}", exchange.id(), e);
            }
        }
    }
}
