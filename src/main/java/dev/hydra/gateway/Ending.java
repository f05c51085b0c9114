package dev.hydra.gateway;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings an exchange to its one end: the answer's headers and body, and the word to the listeners. */
final class Ending {
    /** Something of ours failed; operators find the cause by the request's id. */
    static final Failure FAILED_INSIDE = Failure.of(Failure.Kind.INTERNAL,
            "The gateway failed inside; its log has the details under this request's id.");

    private static final int OK = 200;
    private static final String JSON = "application/json";
    /** What nginx logs for a client that left; no client ever sees it. */
    private static final int CLIENT_CLOSED_REQUEST = 499;
    /** Clients sleep this long without a word (spec clients §3), so a day's quota is not told in full. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final int LONGEST_HEADER = 2_000;

    private final Exchange exchange;
    private final ClientDialect dialect;
    private final Consumer<Exchange> listeners;
    private Runnable afterwards = () -> {
    };

    Ending(Exchange exchange, ClientDialect dialect, Consumer<Exchange> listeners) {
        this.exchange = exchange;
        this.dialect = dialect;
        this.listeners = listeners;
    }

    /** Has something done at the end, whatever the end is. */
    void afterwards(Runnable action) {
        afterwards = action;
    }

    ReplyHead head() {
        return new ReplyHead(exchange.id(), exchange.model(), exchange.started());
    }

    ClientDialect dialect() {
        return dialect;
    }

    /** The client is told of a failure by an HTTP status. */
    Answer refused(Failure failure) {
        byte[] body = dialect.error(failure, exchange.id());
        Map<String, String> headers = headers();
        failure.retryAfter().ifPresent(wait -> retryAfter(wait, headers));
        exchange.failed(failure.message());
        exchange.sent(body.length, false);
        int status = dialect.status(failure);
        end(status);
        return new Answer.Whole(status, JSON, headers, body);
    }

    /** The client gets a reply at once. */
    Answer whole(List<ReplyEvent> events, ClientRequest request) {
        ReplyWriter writer = request.whole(head());
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        try {
            for (ReplyEvent event : events) {
                writer.write(event, body);
            }
            writer.end(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } catch (NoAnswer none) {
            return refused(none.failure());
        }
        exchange.sent(body.size(), true);
        end(OK);
        return new Answer.Whole(OK, request.wholeType(), headers(), body.toByteArray());
    }

    /** A stream begins. */
    Answer streamed(Answer.Body body) {
        Map<String, String> headers = headers();
        headers.put("Cache-Control", "no-cache, no-transform");
        headers.put("X-Accel-Buffering", "no");
        return new Answer.Streamed(OK, headers, dialect.streamType(), body);
    }

    /** Bytes of a stream have gone out. @param content whether they are part of the reply */
    void sent(int bytes, boolean content) {
        exchange.sent(bytes, content);
    }

    /** A stream has ended as it should. */
    void complete() {
        end(OK);
    }

    /** A stream broke after its first bytes. */
    void broken(Failure failure) {
        exchange.failed(failure.message());
        end(OK);
    }

    /** The client left before the end. */
    void abandoned() {
        exchange.failed("the client closed the connection");
        end(CLIENT_CLOSED_REQUEST);
    }

    String requestId() {
        return exchange.id();
    }

    private void end(int status) {
        afterwards.run();
        exchange.ended(status);
        listeners.accept(exchange);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-request-id", exchange.id());
        headers.put(dialect.requestIdHeader(), exchange.id());
        if (!exchange.attempts().isEmpty()) {
            headers.put("Hydra-Model", printable(exchange.attempts().getLast().model()));
        }
        if (!exchange.ignored().isEmpty()) {
            headers.put("Hydra-Ignored", printable(String.join(", ", exchange.ignored())));
        }
        return headers;
    }

    /** Names of fields and models are the client's own words, and a header takes neither all of them nor any length. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST_HEADER));
        for (int i = 0; i < text.length() && i < LONGEST_HEADER; i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' || c > '~' ? '?' : c);
        }
        return clean.toString();
    }

    private static void retryAfter(Duration wait, Map<String, String> headers) {
        Duration told = wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
        headers.put("Retry-After", Long.toString(Math.max(1, told.plusMillis(999).toSeconds())));
        headers.put("retry-after-ms", Long.toString(Math.max(1, told.toMillis())));
    }
}
