package dev.hydra.proxies;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** One HTTP/1.1 call from an address of the test's choice, written and read byte by byte: what a client library would repair or forbid is seen and sent. */
final class RawCall implements AutoCloseable {
    /** An address of this machine that no proxy has. */
    static final String CLIENT = "127.0.0.2";

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder read = new StringBuilder();

    private RawCall(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends a request from an address of loopback with {@code Host} and {@code Connection: close}, unless {@code headers} name others.
     *
     * @param line    method and target
     * @param headers names and values in turn; they may be malformed
     */
    static RawCall send(String from, URI server, String line, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
        Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            named.add(headers[i].strip());
        }
        head.append(named.contains("Host") ? "" : "Host: " + server.getAuthority() + "\r\n");
        head.append(named.contains("Connection") ? "" : "Connection: close\r\n");
        boolean framed = body.length == 0 || named.contains("Content-Length") || named.contains("Transfer-Encoding");
        head.append(framed ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        RawCall call = new RawCall(new Socket(InetAddress.getByName(server.getHost()), server.getPort(), InetAddress.getByName(from), 0));
        call.socket.setSoTimeout(PATIENCE_MILLIS);
        call.socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        call.write(body);
        return call;
    }

    /** A GET whose whole answer is read. */
    static String get(String from, URI server, String target, String... headers) throws IOException {
        try (RawCall call = send(from, server, "GET " + target, new byte[0], headers)) {
            return call.rest();
        }
    }

    /** A server that refuses early closes while we still write; what it answered is there to be read. */
    private void write(byte[] body) throws IOException {
        try {
            socket.getOutputStream().write(body);
        } catch (SocketException e) {
            socket.shutdownOutput();
        }
    }

    /** Reads on until the text has come, and returns what came since the last call. */
    String until(String text) throws IOException {
        int start = read.length();
        while (read.indexOf(text, start) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the end came before \"" + text + "\": " + read);
            }
            read.append((char) b);
        }
        return read.substring(start);
    }

    /** Reads to the end of the connection, and returns the whole answer. */
    String rest() throws IOException {
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.append((char) b);
            }
        } catch (SocketException e) {
            // A reset is an end too.
        }
        return read.toString();
    }

    /** The status of an answer that was read; 0 when there is none. */
    static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    /** The value of a header of an answer that was read; empty when there is none. */
    static String header(String answer, String name) {
        return answer.lines().takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
