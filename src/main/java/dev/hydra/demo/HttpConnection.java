package dev.hydra.demo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One client connection: reads HTTP/1.1 requests one after another (keep-alive, chunked bodies, 100-continue). */
final class HttpConnection implements AutoCloseable {
    private static final int MAX_HEAD = 1 << 16;
    /** Google's limit on an inline request since 2026 (spec mapping §1.2) and a little more, so that the API's own check can answer. */
    private static final int MAX_BODY = 101 << 20;
    private static final int WATCH_MILLIS = 20;

    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[8192];
    private int from;
    private int to;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    void serve(HttpListener.Responder responder) throws IOException {
        HttpReply reply = new HttpReply(this, socket.getOutputStream());
        while (true) {
            int end = readHead();
            if (end < 0) {
                return;
            }
            RecordedRequest request = readRequest(end, reply);
            String connection = lowerCase(request.headers().getOrDefault("connection", ""));
            reply.begin(!connection.contains("close"));
            responder.respond(request, reply);
            if (!reply.reusable()) {
                return;
            }
        }
    }

    /** Reads until the head is complete and returns its end (after the blank line); -1 when the client closed instead. */
    private int readHead() throws IOException {
        int scanned = from;
        while (true) {
            for (int i = scanned; i + 3 < to; i++) {
                if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                    return i + 4;
                }
            }
            scanned = Math.max(from, to - 3);
            if (to - from > MAX_HEAD) {
                throw new ProtocolException("request head too long");
            }
            int shift = from;
            if (!fill()) {
                return -1;
            }
            scanned -= shift - from;
        }
    }

    private RecordedRequest readRequest(int headEnd, HttpReply reply) throws IOException {
        String head = new String(buffer, from, headEnd - from - 2, StandardCharsets.ISO_8859_1);
        from = headEnd;
        int lineEnd = head.indexOf("\r\n");
        int target = head.indexOf(' ') + 1;
        int targetEnd = head.indexOf(' ', target);
        if (target == 0 || targetEnd < 0 || targetEnd > lineEnd) {
            throw new ProtocolException("not an HTTP request");
        }
        Map<String, String> headers = headers(head, lineEnd + 2);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            reply.sendContinue();
        }
        String path = head.substring(target, targetEnd);
        int question = path.indexOf('?');
        return new RecordedRequest(head.substring(0, target - 1), question < 0 ? path : path.substring(0, question),
                question < 0 ? "" : path.substring(question + 1), headers, readBody(headers));
    }

    private static Map<String, String> headers(String head, int start) {
        Map<String, String> headers = new LinkedHashMap<>();
        int at = start;
        while (at < head.length()) {
            int end = head.indexOf("\r\n", at);
            int colon = head.indexOf(':', at);
            if (colon > 0 && colon < end) {
                headers.merge(lowerCase(head.substring(at, colon)), head.substring(colon + 1, end).trim(), (a, b) -> a + ", " + b);
            }
            at = end + 2;
        }
        return headers;
    }

    private byte[] readBody(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return readChunks();
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : readExactly(bounded(Long.parseLong(length)));
    }

    private byte[] readChunks() throws IOException {
        ByteBuilder body = new ByteBuilder();
        while (true) {
            String line = readLine();
            int semicolon = line.indexOf(';');
            int size = Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
            if (size == 0) {
                while (!readLine().isEmpty()) {
                    // Trailers mean nothing here.
                    continue;
                }
                return body.copy();
            }
            bounded((long) body.length() + size);
            body.add(readExactly(size));
            readLine();
        }
    }

    private static int bounded(long length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new ProtocolException("request body too long");
        }
        return (int) length;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (from == to && !fill()) {
                throw new EOFException();
            }
            int c = buffer[from++];
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
    }

    private byte[] readExactly(int count) throws IOException {
        byte[] bytes = new byte[count];
        int have = Math.min(count, to - from);
        System.arraycopy(buffer, from, bytes, 0, have);
        from += have;
        if (in.readNBytes(bytes, have, count - have) < count - have) {
            throw new EOFException();
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(count, 0);
        return count > 0;
    }

    /**
     * Waits until the condition holds and watches the client meanwhile.
     *
     * @throws IOException when the client closed the connection before
     */
    void waitFor(BooleanSupplier reached) throws IOException {
        try {
            socket.setSoTimeout(WATCH_MILLIS);
            while (!reached.getAsBoolean()) {
                try {
                    if (!fill()) {
                        throw new EOFException("client left");
                    }
                } catch (SocketTimeoutException e) {
                    continue;
                }
            }
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(0);
            }
        }
    }

    /** Ends the connection with a reset instead of a proper close, as a crashing peer would. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** ASCII lower case; returns the same string when nothing changes. */
    static String lowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }
}
