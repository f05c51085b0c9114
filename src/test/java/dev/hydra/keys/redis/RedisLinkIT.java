package dev.hydra.keys.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.settings.RedisUrl;
import dev.hydra.support.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** The line to servers of all kinds. */
class RedisLinkIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String STORE_PASSWORD = "changeit";
    private static final Script ADD = new Script("return {redis.call('INCR', KEYS[1]), ARGV[1]}", "0".repeat(40));

    @TempDir
    Path directory;

    /** Does what a line wants to prove that Redis can be used. */
    private static final class Node implements RedisLink.Owner {
        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void beat(RedisLink.Direct line) {
            line.run(ADD, List.of("{node}:beats"), List.of(""), List::size);
        }

        @Override
        public void rejoin(RedisLink.Direct line) {
            beat(line);
        }

        @Override
        public void joined() {
        }

        @Override
        public void lost() {
        }

        @Override
        public void heard(String message) {
            heard.add(message);
        }
    }

    /** Scripts, texts and messages work. */
    private static void assertWorks(RedisLink link, Node node) {
        link.open();
        await().atMost(SOON).until(() -> link.isJoined() && link.isListening());
        IntStream.rangeClosed(1, 3)
                .forEach(i -> assertThat(link.run(ADD, List.of("{a}:n"), List.of("x"), reply -> reply.get(0) + "" + reply.get(1)))
                        .contains(i + "x"));
        assertThat(link.set("hydra:memory:1", "text", Duration.ofMinutes(1))).isTrue();
        assertThat(link.get("hydra:memory:1")).contains("text");
        assertThat(link.get("hydra:memory:2")).isEmpty();
        assertThat(link.publish("news")).isTrue();
        await().atMost(SOON).until(() -> node.heard.contains("news"));
        assertThat(link.trouble()).isEmpty();
    }

    private static RedisLink link(String url, SslOptions tls, Node node) {
        return new RedisLink(new RedisClients(RedisUrl.parse(url), LIMIT, tls), "hydra:0:news", node);
    }

    @Test
    void aUserOfTheAccessListWithItsPassword() {
        try (RedisServer redis = new RedisServer(directory)) {
            try (Jedis admin = redis.client()) {
                admin.aclSetUser("gate", "on", ">p@ss/word", "~hydra:*", "~{*", "resetchannels", "&hydra:*", "+@all", "-@dangerous");
                admin.aclSetUser("default", "off");
            }
            Node node = new Node();
            try (RedisLink link = link("redis://gate:p%40ss%2Fword@127.0.0.1:" + redis.port(), RedisClients.CHECKED, node)) {
                assertWorks(link, node);
            }
            Node wrong = new Node();
            try (RedisLink link = link("redis://gate:wrong-word@127.0.0.1:" + redis.port(), RedisClients.CHECKED, wrong)) {
                link.open();
                assertThat(link.isJoined()).isFalse();
                assertThat(link.trouble()).contains("WRONGPASS").doesNotContain("wrong-word");
                assertThat(link.run(ADD, List.of("a"), List.of(), List::size)).isEqualTo(Optional.empty());
            }
        }
    }

    @Test
    void aServerThatForbidsWritingIsNotJoined() {
        try (RedisServer redis = new RedisServer(directory); Jedis admin = redis.client()) {
            admin.configSet("maxmemory", "1");
            Node node = new Node();
            try (RedisLink link = link(redis.url(), RedisClients.CHECKED, node)) {
                link.open();
                assertThat(link.isJoined()).isFalse();
                assertThat(link.trouble()).contains("OOM");
                admin.configSet("maxmemory", "0");
                assertWorks(link, node);
            }
        }
    }

    @Test
    void anEncryptedConnectionChecksTheCertificate() throws Exception {
        Path store = certificate("ip:127.0.0.1");
        String[] options = {"--port", "0", "--tls-port", "PORT", "--tls-cert-file", directory.resolve("cert.pem").toString(),
            "--tls-key-file",
            directory.resolve("key.pem").toString(), "--tls-auth-clients", "no"};
        try (RedisServer redis = new RedisServer(directory, options)) {
            String url = "rediss://127.0.0.1:" + redis.port();
            Node node = new Node();
            SslOptions trusting = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL)
                    .truststore(store.toFile(), STORE_PASSWORD.toCharArray()).trustStoreType("PKCS12").build();
            try (RedisLink link = link(url, trusting, node)) {
                assertWorks(link, node);
            }
            try (RedisLink link = link(url, RedisClients.CHECKED, new Node())) {
                link.open();
                assertThat(link.isJoined()).as("a certificate that nobody here trusts").isFalse();
            }
            try (RedisLink link = link("rediss://localhost:" + redis.port(), trusting, new Node())) {
                link.open();
                assertThat(link.isJoined()).as("a certificate for another name").isFalse();
            }
        }
    }

    /** Makes a certificate of its own, as PKCS12 for clients and as PEM for the server. */
    private Path certificate(String name) throws Exception {
        Path store = directory.resolve("redis.p12");
        Process made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                "redis",
                "-keyalg", "RSA", "-dname", "CN=redis", "-ext", "san=" + name, "-ext", "bc:critical=ca:true", "-validity", "2", "-keystore",
                store.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD).redirectErrorStream(true).start();
        assertThat(made.waitFor()).as(() -> said(made)).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        Key key = keys.getKey("redis", STORE_PASSWORD.toCharArray());
        pem("key.pem", "PRIVATE KEY", key.getEncoded());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        Path result = directory.resolve("trusted.p12");
        try (var out = Files.newOutputStream(result)) {
            trusted.store(out, STORE_PASSWORD.toCharArray());
        }
        return result;
    }

    private static String said(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void pem(String file, String kind, byte[] der) throws IOException {
        Files.writeString(directory.resolve(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .encodeToString(der) + "\n-----END " + kind + "-----\n");
    }

    @Test
    void aClusterIsAskedBySlot() {
        try (RedisServer redis = new RedisServer(directory, "--cluster-enabled", "yes"); Jedis admin = redis.client()) {
            admin.clusterAddSlots(IntStream.range(0, 16_384).toArray());
            await().atMost(SOON).until(() -> admin.clusterInfo().contains("cluster_state:ok"));
            Node node = new Node();
            try (RedisLink link = link("redis-cluster://127.0.0.1:" + redis.port(), RedisClients.CHECKED, node)) {
                assertWorks(link, node);
            }
        }
    }

    @Test
    void sentinelsTellTheMaster() throws Exception {
        Path file = directory.resolve("sentinel.conf");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (RedisServer redis = new RedisServer(directory)) {
            Files.writeString(file, "port " + port + "\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 " + redis.port() + " 1\n");
            Process sentinel = redis.sentinel(file);
            Node node = new Node();
            try (RedisLink link = link("redis-sentinel://127.0.0.1:" + port + "?master=main", RedisClients.CHECKED, node)) {
                assertWorks(link, node);
            } finally {
                sentinel.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
    }
}
