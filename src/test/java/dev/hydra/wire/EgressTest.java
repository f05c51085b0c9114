package dev.hydra.wire;

import static dev.hydra.wire.ScriptedServer.answer;
import static dev.hydra.wire.ScriptedServer.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EgressTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PNG = "\u0089PNG\r\n\u001a\n....";

    @Test
    void anAllowedAddressIsFetchedWithoutAnythingOfOurs() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Type: Text/Plain; charset=x\r\nContent-Length: 5\r\n\r\nhello");
            return true;
        }); Egress egress = egress(1000, LONG)) {
            Egress.Fetched fetched = egress.fetch(server.uri("/a?b=c") + "#d");
            assertThat(fetched.bytes()).isEqualTo("hello".getBytes(UTF_8));
            assertThat(fetched.mediaType()).isEqualTo("text/plain");
            egress.fetch(server.uri("/a?b=c").toString());
            assertThat(server.requests()).allSatisfy(request -> assertThat(request.split("\r\n")).extracting(line -> line.split(":")[0])
                    .containsExactly("GET /a?b=c HTTP/1.1", "Host", "User-Agent", "Accept-Encoding", "Accept"));
        }
    }

    @Test
    void theFirstBytesOutweighTheDeclaredType() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, PNG)); Egress egress = egress(1000, LONG)) {
            assertThat(egress.fetch(server.uri("/").toString()).mediaType()).isEqualTo("image/png");
        }
    }

    @Test
    void anAddressThatIsNotPublicIsNotEvenConnectedTo() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "secret"));
                Egress egress = new Egress(address -> false, 1000, LONG)) {
            for (String host : new String[] {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "localhost", "0.0.0.0",
                "169.254.169.254"}) {
                assertThatExceptionOfType(FetchFailed.class)
                        .isThrownBy(() -> egress.fetch("http://" + host + ":" + server.uri("/").getPort() + "/"))
                        .withMessage(Egress.NOT_PUBLIC);
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void redirectsAreFollowedThreeTimes() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            int left = Integer.parseInt(request.substring(5, 6));
            return left == 0 ? answer(socket, "end") : redirect(socket, "/" + (left - 1));
        }); Egress egress = egress(1000, LONG)) {
            assertThat(egress.fetch(server.uri("/3").toString()).bytes()).hasSize(3);
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(server.uri("/4").toString()))
                    .withMessageContaining("3 times");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/",
        "//metadata.google.internal/",
        "file:///etc/passwd", "http://inner.example/", "http://0/"})
    void aRedirectToABlockedPlaceIsNotFollowed(String place) throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> redirect(socket, place));
                Egress egress = new Egress(address -> address.isLoopbackAddress(), 1000, LONG,
                        host -> InetAddress.getAllByName(host.equals("inner.example") ? "192.168.0.1" : host))) {
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(server.uri("/").toString()));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aNameIsResolvedOnceSoThatAChangedAnswerReachesNothing() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        InetAddress inner = InetAddress.getByName("127.0.0.99");
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            answer(socket, "x");
            return false;
        });
                Egress egress = new Egress(loopback::equals, 1000, LONG,
                        host -> new InetAddress[] {asked.getAndIncrement() == 0 ? loopback : inner})) {
            String url = "http://rebinding.example:" + server.uri("/").getPort() + "/";
            assertThat(egress.fetch(url).bytes()).hasSize(1);
            assertThat(asked).hasValue(1);
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(url)).withMessage(Egress.NOT_PUBLIC);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void ofANamesAddressesOnlyThosePublicAreUsed() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ScriptedServer server = new ScriptedServer((request, socket) -> answer(socket, "x"));
                Egress egress = new Egress(loopback::equals, 1000, LONG,
                        host -> new InetAddress[] {InetAddress.getByName("10.1.2.3"), loopback})) {
            assertThat(egress.fetch("http://mixed.example:" + server.uri("/").getPort() + "/").bytes()).hasSize(1);
        }
    }

    @Test
    void whatIsTooLargeIsRefusedAnnouncedOrNot() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, request.startsWith("GET /announced") ? "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001) + "\r\n");
            return true;
        }); Egress egress = egress(1000, LONG)) {
            for (String path : new String[] {"/announced", "/chunked"}) {
                assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(server.uri(path).toString()))
                        .withMessageContaining("larger than 1000 bytes");
            }
        }
    }

    @Test
    void aServerThatDripsIsCutWhenTheTimeIsUp() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 900000000\r\n\r\n");
            while (over.getCount() > 0) {
                write(socket, "x");
                Thread.onSpinWait();
            }
            return false;
        }); Egress egress = egress(1_000_000_000, Duration.ofMillis(300))) {
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(server.uri("/").toString()));
            over.countDown();
        }
    }

    @Test
    void errorsAndAbsentServersAreTold() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, socket) -> {
            write(socket, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
            return true;
        }); Egress egress = new Egress(InetAddress::isLoopbackAddress, 1000, LONG, host -> {
            if (host.equals("nowhere.example")) {
                throw new UnknownHostException(host);
            }
            return InetAddress.getAllByName(host);
        })) {
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch(server.uri("/").toString()))
                    .withMessageContaining("403");
            assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> egress.fetch("http://nowhere.example/"))
                    .withMessageContaining("could not be reached");
        }
    }

    private static boolean redirect(Socket socket, String location) throws IOException {
        write(socket, "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        return true;
    }

    private static Egress egress(long maxBytes, Duration longest) {
        return new Egress(InetAddress::isLoopbackAddress, maxBytes, longest);
    }
}
