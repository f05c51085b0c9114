package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.ReplySink.CallerGone;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Threads;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of one request, the same for every dialect: open the exchange, let {@link Plans} read it and find its routes, let {@link Failover} have it
 * answered, write the answer in the client's dialect, tell the listeners.
 */
@Component
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Plans plans;
    private final Failover failover;
    private final Records records;
    private final InFlight inFlight;
    private final Settings settings;
    private final ThreadFactory readers = Threads.virtual("reply-");

    @Inject
    Gateway(Plans plans, Failover failover, Records records, InFlight inFlight, Settings settings) {
        this.plans = plans;
        this.failover = failover;
        this.records = records;
        this.inFlight = inFlight;
        this.settings = settings;
    }

    /**
     * Answers a request. Returns when the answer is known, or a stream has begun; never throws for anything that the client or a provider did.
     *
     * @param body the request's bytes; not changed, needed until the answer is complete
     */
    public Answer answer(ClientDialect dialect, Caller caller, byte[] body) {
        Exchange exchange = records.open(caller, dialect.id(), body.length);
        Ending ending = new Ending(exchange, dialect, records::tell);
        try {
            Plan plan = plans.of(exchange, dialect, body);
            return exchange.streamed() ? stream(plan, ending) : whole(plan, ending);
        } catch (InvalidRequest e) {
            return ending.refused(e.failure());
        } catch (RuntimeException | Error e) {
            LOG.error("Exchange {} failed inside", exchange.id(), e);
            return ending.refused(Ending.FAILED_INSIDE);
        }
    }

    private Answer whole(Plan plan, Ending ending) {
        WholeReply reply = new WholeReply();
        Optional<Failure> failure = run(plan, reply);
        if (failure.isPresent()) {
            return ending.refused(failure.get());
        }
        return ending.whole(reply.events(), plan.request());
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

    private Answer stream(Plan plan, Ending ending) {
        ReplyStream reply = new ReplyStream(plan.deadline(), readers, sink -> read(plan, sink));
        ending.afterwards(inFlight.tie(() -> reply.breakOff(InFlight.failure()))::close);
        return new Outflow(reply, plan.deadline(), plan.request(), ending, settings.streams()).open();
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
            return Optional.of(e.failure());
        } catch (RuntimeException | Error e) {
            LOG.error("Exchange {} failed inside", plan.exchange().id(), e);
            return Optional.of(Ending.FAILED_INSIDE);
        }
    }
}
