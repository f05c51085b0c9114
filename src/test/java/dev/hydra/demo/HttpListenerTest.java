package dev.hydra.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpListenerTest {
    private static final String BODY = Client.user("hi");
    private final SimulatedGemini api = SimulatedGemini.builder().anyKey(Quota.UNLIMITED).answer(List.of("A", "B")).start();

    @AfterEach
    void close() {
        api.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("ended after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private static String head(String more) {
        return "POST /v1beta/models/gemini-2.5-flash-lite:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: x\r\nX-Goog-Api-Key: k\r\n" + more
                + "\r\n";
    }

    @Test
    void servesSeveralRequestsOfOneConnectionWholeInPiecesAndPipelined() throws Exception {
        try (Socket socket = connect()) {
            String request = head("Content-Length: " + BODY.length() + "\r\n") + BODY;
            for (int i = 0; i < request.length(); i++) {
                send(socket, request.substring(i, i + 1));
            }
            readUntil(socket.getInputStream(), "\r\n0\r\n\r\n");
            send(socket, request + request);
            readUntil(socket.getInputStream(), "\r\n0\r\n\r\n");
            readUntil(socket.getInputStream(), "\r\n0\r\n\r\n");
        }
    }

    @Test
    void takesChunkedBodiesAndAnswersExpectContinue() throws Exception {
        try (Socket socket = connect()) {
            send(socket, head("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"));
            assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 100");
            String rest = BODY.substring(5);
            send(socket, "5;x=y\r\n" + BODY.substring(0, 5) + "\r\n" + Integer.toHexString(rest.length()) + "\r\n" + rest
                    + "\r\n0\r\nT: t\r\n\r\n");
            assertThat(readUntil(socket.getInputStream(), "\r\n0\r\n\r\n")).startsWith("HTTP/1.1 200 OK").contains("\"text\":\"B\"");
        }
    }

    @Test
    void closesWhenAsked() throws Exception {
        try (Socket socket = connect()) {
            send(socket, head("Connection: close\r\nContent-Length: " + BODY.length() + "\r\n") + BODY);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("Connection: close")
                    .endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void answersBrokenJsonWithGooglesError() throws Exception {
        Client client = new Client(api, "k");
        for (String body : new String[] {"", "{", "[]", "null", "{\"contents\":[}", "[".repeat(100_000), "{}{}"}) {
            assertThat(client.generate("gemini-2.5-flash", body).statusCode()).as(body.length() > 20 ? "deep" : body).isEqualTo(400);
        }
    }

    @Test
    void closingItEndsItsConnectionsAndFreesThePort() throws Exception {
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: " + BODY.length() + "\r\n") + BODY);
            readUntil(socket.getInputStream(), "\r\n0\r\n\r\n");
            api.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
    }
}
