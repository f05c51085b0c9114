package dev.hydra.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One kept connection to a server on loopback, for one request after another. By hand on a plain socket: on a machine with two cores
 * the client's own work takes time from those who are measured.
 */
final class Client implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private byte[] raw = new byte[16 * 1024];
    private int from;
    private int to;
    private byte[] body = new byte[16 * 1024];
    private int length;
    private byte[] content = {};
    private long firstContent;

    Client(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** How long an answer took, in nanoseconds: until its first content, and in full. */
    record Timing(long first, long full) {
    }

    /**
     * Makes one request and checks its answer whole.
     *
     * @throws IOException when the answer is not exactly what was expected
     */
    Timing ask(Target target) throws IOException {
        long start = System.nanoTime();
        Answer answer = answer(target);
        long end = System.nanoTime();
        if (answer.status() != 200) {
            throw new ProtocolException(answer.head() + answer.text());
        }
        Optional<String> missing = answer.missing(target.expected());
        if (missing.isPresent()) {
            throw new ProtocolException("missing: " + missing.get() + "\nin: " + answer.text());
        }
        return new Timing(firstContent - start, end - start);
    }

    /**
     * Makes one request, whatever its answer says.
     *
     * @throws IOException when the answer does not come to its end
     */
    Answer answer(Target target) throws IOException {
        send(target);
        String head = head();
        if (isChunked(head)) {
            chunks();
        } else {
            take(contentLength(head));
        }
        return new Answer(head, body, length);
    }

    /** Whether the body of the last answer, whole or not, has these bytes. */
    boolean received(byte[] piece) {
        return Answer.find(body, 0, length, piece) >= 0;
    }

    /** Makes one request and leaves when the first content has come; where the answer comes whole, with that. */
    void leave(Target target) throws IOException {
        try (this) {
            send(target);
            String head = head();
            int size = isChunked(head) ? 1 : 0;
            while (size > 0 && firstContent == 0) {
                size = chunkSize();
                take(size);
                line();
            }
        }
    }

    private void send(Target target) throws IOException {
        length = 0;
        firstContent = 0;
        content = target.expected().getFirst();
        out.write(target.request());
    }

    private static boolean isChunked(String head) {
        return head.contains("\r\ntransfer-encoding: chunked");
    }

    private String head() throws IOException {
        int end = Answer.find(raw, from, to, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        while (end < 0) {
            fill();
            end = Answer.find(raw, from, to, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        String head = new String(raw, from, end - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        from = end + 4;
        return head;
    }

    private static int contentLength(String head) throws IOException {
        int name = head.indexOf("\r\ncontent-length:");
        if (name < 0) {
            throw new ProtocolException("neither length nor chunks: " + head);
        }
        int end = head.indexOf('\r', name + 2);
        return Integer.parseInt(head.substring(name + "\r\ncontent-length:".length(), end < 0 ? head.length() : end).strip());
    }

    private void chunks() throws IOException {
        while (true) {
            int size = chunkSize();
            take(size);
            line();
            if (size == 0) {
                return;
            }
        }
    }

    private int chunkSize() throws IOException {
        String line = line();
        try {
            return Integer.parseInt(line, 16);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not the size of a chunk: " + line);
        }
    }

    private String line() throws IOException {
        int end = Answer.find(raw, from, to, new byte[] {'\r', '\n'});
        while (end < 0) {
            fill();
            end = Answer.find(raw, from, to, new byte[] {'\r', '\n'});
        }
        String line = new String(raw, from, end - from, StandardCharsets.ISO_8859_1);
        from = end + 2;
        return line;
    }

    private void take(int count) throws IOException {
        if (body.length < length + count) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, length + count));
        }
        int missing = count;
        while (missing > 0) {
            if (from == to) {
                fill();
            }
            int part = Math.min(missing, to - from);
            System.arraycopy(raw, from, body, length, part);
            from += part;
            length += part;
            missing -= part;
            if (firstContent == 0 && Answer.find(body, 0, length, content) >= 0) {
                firstContent = System.nanoTime();
            }
        }
    }

    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(raw, from, raw, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == raw.length) {
            raw = Arrays.copyOf(raw, 2 * raw.length);
        }
        int count = in.read(raw, to, raw.length - to);
        if (count < 0) {
            throw new EOFException("the server closed the connection inside an answer");
        }
        to += count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
