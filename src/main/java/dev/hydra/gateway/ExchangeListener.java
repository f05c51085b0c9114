package dev.hydra.gateway;

/** Is told of every exchange that has ended, well or not. Called on the request's thread: must not block and must not throw. */
public interface ExchangeListener {
    /** The exchange is over; nothing in it changes any more. */
    void finished(Exchange exchange);
}
