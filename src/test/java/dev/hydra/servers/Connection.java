package dev.hydra.servers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept-alive HTTP/1.1 connection that reads answers strictly by their framing: what an HTTP client would repair or hide (bytes of a stranger's answer, a
 * body without its end) is an exception here.
 */
final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    Connection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        host = server.getAuthority();
    }

    /** Sends a whole request. @param headers names and values in turn */
    void send(String method, URI uri, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method).append(' ').append(uri.getRawPath()).append(" HTTP/1.1\r\nHost: ").append(host);
        for (int i = 0; i < headers.length; i += 2) {
            head.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
        }
        head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(bytes.length).append("\r\n\r\n").append(body);
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the head of the next answer; its body must then be read to the end before the next answer. */
    Answer answer() throws IOException {
        String status = line();
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new ProtocolException("not the beginning of an answer: " + status);
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("closed within: " + line);
            }
            if (b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
    }

    /** Waits no longer than this for the next byte. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Closes it properly. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes it by a reset, as a crash does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** An answer whose body is still to be read. */
    final class Answer {
        private final int status;
        private final Map<String, String> headers;
        private final boolean chunked;
        private long left;
        private boolean over;

        private Answer(int status, Map<String, String> headers) throws IOException {
            this.status = status;
            this.headers = headers;
            chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
            String length = headers.get("content-length");
            if (!chunked && length == null) {
                throw new ProtocolException("a body without an end: " + headers);
            }
            left = chunked ? 0 : Long.parseLong(length);
        }

        int status() {
            return status;
        }

        /** Null when there is none. */
        String header(String name) {
            return headers.get(name);
        }

        /** The next byte, or -1 at the proper end. @throws EOFException when the connection ends before */
        int read() throws IOException {
            if (chunked && left == 0 && !over) {
                left = Integer.parseInt(line(), 16);
                over = left == 0;
                if (over) {
                    expectBlankLine();
                }
            }
            if (left == 0) {
                return -1;
            }
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the body has no end");
            }
            if (--left == 0 && chunked) {
                expectBlankLine();
            }
            return b;
        }

        private void expectBlankLine() throws IOException {
            String line = line();
            if (!line.isEmpty()) {
                throw new ProtocolException("broken chunk: " + line);
            }
        }

        /** The rest of the body. */
        String rest() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int b = read(); b >= 0; b = read()) {
                text.append((char) b);
            }
            return utf8(text);
        }

        /** The next server-sent event, without the blank line at its end; null at the proper end of the body. */
        String event() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int b = read(); b >= 0; b = read()) {
                text.append((char) b);
                if (b == '\n' && text.length() > 1 && text.charAt(text.length() - 2) == '\n') {
                    return utf8(text).strip();
                }
            }
            return text.isEmpty() ? null : utf8(text).strip();
        }

        private String utf8(StringBuilder bytes) {
            return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
