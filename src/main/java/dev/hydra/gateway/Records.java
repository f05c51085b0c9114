package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens exchanges and tells the listeners when they are over, those too that are no conversation: audit and statistics see every provider call. */
@Component
public final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final List<ExchangeListener> listeners;
    private final Clock clock;

    @Inject
    Records(@Any Instance<ExchangeListener> listeners, Clock clock) {
        this(listeners.stream().toList(), clock);
    }

    /** @param listeners are told of every record that has ended */
    public Records(List<ExchangeListener> listeners, Clock clock) {
        this.listeners = listeners;
        this.clock = clock;
    }

    /** A conversation begins. @param bytesIn size of the request's body */
    Exchange open(Caller caller, String dialect, long bytesIn) {
        return new Exchange(ExchangeIds.next(), caller, dialect, clock.instant(), System.nanoTime(), bytesIn);
    }

    /** Tells the listeners of an exchange that is over. */
    void tell(Exchange exchange) {
        for (ExchangeListener listener : listeners) {
            try {
                listener.finished(exchange);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on exchange {}", exchange.id(), e);
            }
        }
    }

    /**
     * An exchange begins that is no conversation.
     *
     * @param subject what it is about, in the place of a model's name, e.g. {@code files}; empty = not known yet
     * @param bytesIn size of the request's body; 0 = not known
     */
    public Record begin(Caller caller, String dialect, String subject, long bytesIn) {
        Exchange exchange = open(caller, dialect, bytesIn);
        exchange.asked(subject, false);
        return new Record(exchange, this::tell);
    }

    /** One exchange under way. Not safe for use by several threads. */
    public static final class Record {
        private final Exchange exchange;
        private final Consumer<Exchange> listeners;
        private boolean ended;

        private Record(Exchange exchange, Consumer<Exchange> listeners) {
            this.exchange = exchange;
            this.listeners = listeners;
        }

        /** The client sees it as {@code x-request-id}. */
        public String id() {
            return exchange.id();
        }

        /** What it is about has become known. @param subject as of {@link Records#begin} */
        public void about(String subject) {
            exchange.asked(subject, false);
        }

        /** A try has ended. */
        public void tried(Attempt attempt) {
            exchange.trying(attempt);
        }

        /** It is over; a second call does nothing. @param failure for operators, without secrets; empty when all went well */
        public void ended(int status, long bytesOut, String failure) {
            if (ended) {
                return;
            }
            ended = true;
            exchange.sent(bytesOut, bytesOut > 0);
            if (!failure.isEmpty()) {
                exchange.failed(failure);
            }
            exchange.ended(status);
            listeners.accept(exchange);
        }
    }
}
