package dev.hydra.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The answer to one request. Nothing leaves before {@link #flush()} or {@link #finish()}, so that one event is one write. */
final class HttpReply {
    private static final String EVERY_REPLY = "Server: hydra-simulated-gemini\r\nX-Gemini-Service-Tier: standard\r\n"
            + "Vary: Origin, X-Origin, Referer\r\n";
    private static final int SIZE_FIELD = 10;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final HttpConnection connection;
    private final OutputStream out;
    private final ByteBuilder pending = new ByteBuilder();
    private boolean keepAlive;
    private boolean streaming;
    private int chunkStart = -1;
    private int dripBytes;
    private Duration dripPause = Duration.ZERO;

    HttpReply(HttpConnection connection, OutputStream out) {
        this.connection = connection;
        this.out = out;
    }

    void begin(boolean clientKeepsAlive) {
        keepAlive = clientKeepsAlive;
        streaming = false;
        chunkStart = -1;
        dripBytes = 0;
        pending.clear();
    }

    /** Whether another request may follow on this connection. */
    boolean reusable() {
        return keepAlive;
    }

    /** From here on everything leaves in pieces of so many bytes with a pause between them. */
    void drip(int bytes, Duration pause) {
        dripBytes = bytes;
        dripPause = pause;
    }

    void sendContinue() throws IOException {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends a whole reply: head and body in one write. */
    void whole(int status, String contentType, byte[] body) throws IOException {
        promise(status, contentType, body.length);
        pending.add(body);
        flush();
    }

    /** Writes the head of a reply of so many bytes; the caller adds them with {@link #verbatim}. */
    void promise(int status, String contentType, int length) {
        head(status, Map.of("Content-Type", contentType, "Content-Length", Integer.toString(length)));
    }

    /** Starts a chunked reply; the head leaves with the first chunk. */
    void stream(int status, Map<String, String> headers) {
        statusLine(status);
        pending.add("Transfer-Encoding: chunked\r\n");
        addHeaders(headers);
        streaming = true;
    }

    /** Writes a head with these headers alone. */
    void head(int status, Map<String, String> headers) {
        statusLine(status);
        addHeaders(headers);
    }

    private void statusLine(int status) {
        pending.add("HTTP/1.1 ").add(Integer.toString(status)).add(status < 300 ? " OK\r\n" : " Error\r\n").add(EVERY_REPLY);
    }

    private void addHeaders(Map<String, String> headers) {
        headers.forEach((name, value) -> pending.add(name).add(": ").add(value).add("\r\n"));
        pending.add(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
    }

    /** Adds bytes outside any chunk. */
    void verbatim(byte[] bytes) {
        pending.add(bytes);
    }

    /** Where the bytes of the chunk under construction go. */
    ByteBuilder chunk() {
        if (chunkStart < 0) {
            chunkStart = pending.length();
            pending.add("00000000\r\n");
        }
        return pending;
    }

    /** Closes the chunk under construction and keeps it back for the next write. */
    void endChunk() {
        if (chunkStart < 0) {
            return;
        }
        int size = pending.length() - chunkStart - SIZE_FIELD;
        for (int i = SIZE_FIELD - 3; i >= 0; i--) {
            pending.set(chunkStart + i, HEX[size & 15]);
            size >>= 4;
        }
        pending.add("\r\n");
        chunkStart = -1;
    }

    /** Sends what is pending in one write (or in drops, see {@link #drip}). */
    void flush() throws IOException {
        endChunk();
        if (dripBytes == 0) {
            out.write(pending.array(), 0, pending.length());
        } else {
            for (int at = 0; at < pending.length(); at += dripBytes) {
                out.write(pending.array(), at, Math.min(dripBytes, pending.length() - at));
                pause(dripPause);
            }
        }
        pending.clear();
    }

    /** Ends the reply properly; for a stream the last chunk and its end leave together. */
    void finish() throws IOException {
        endChunk();
        if (streaming) {
            pending.add("0\r\n\r\n");
        }
        flush();
    }

    /** Sends what is pending, then ends the connection in the middle of the reply, by a reset or by a plain close. */
    void cut(boolean reset) throws IOException {
        flush();
        keepAlive = false;
        if (reset) {
            connection.reset();
        }
    }

    /** Closes the connection after this reply. */
    void closeAfter() {
        keepAlive = false;
    }

    void pause(Duration length) throws IOException {
        if (length.isPositive()) {
            try {
                Thread.sleep(length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** Waits until the condition holds; throws as soon as the client leaves. */
    void waitFor(BooleanSupplier reached) throws IOException {
        connection.waitFor(reached);
    }
}
