package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings. Each is named in operators' words by {@link SettingName}.
 *
 * @param home      directory of everything that Hydra keeps; {@code HYDRA_HOME}
 * @param redis     what the nodes of a cluster share; empty = this node is alone; {@code HYDRA_REDIS_URL}
 * @param publicUrl address that clients see, for links; {@code HYDRA_PUBLIC_URL}
 * @param strict    whether a field that cannot be carried is a 400 instead of being listed as ignored; {@code HYDRA_STRICT}
 */
public record Settings(Path home, Server server, Database database, Encryption encryption, Admin admin, Gemini gemini, Pool pool,
        Timeouts timeouts, Limits limits, Media media, Streams streams, Audit audit, Responses responses, Pictures pictures,
        Optional<RedisUrl> redis,
        Optional<URI> publicUrl, boolean strict, String logLevel) {

    /**
     * Where the executable listens; without meaning in a deployed WAR.
     *
     * @param port           0 to 65535; 0 = any free one
     * @param trustedProxies addresses (CIDR) whose forwarding headers count; {@code HYDRA_TRUSTED_PROXIES}
     * @param executable     true only in the executable WAR, which alone can know that it is bound to loopback
     */
    public record Server(String host, int port, List<Cidr> trustedProxies, boolean executable) {
    }

    /**
     * @param url JDBC address; empty = the H2 file in {@code home}. {@code jndi} = name of a server's data source; wins over {@code url}
     */
    public record Database(Optional<String> url, String user, Secret password, Optional<String> jndi) {
    }

    /** @param secret key material given by the operator; empty = {@code file}, which is made at first start with mode 0600 */
    public record Encryption(Secret secret, Path file) {
    }

    /** @param allow addresses that may use dashboard and admin API; loopback by default. {@code password} empty = no sign-in set */
    public record Admin(Secret password, List<Cidr> allow) {
    }

    /**
     * The Gemini API and the keys that come from configuration.
     *
     * @param url      base address without a path
     * @param keys     from {@code GEMINI_API_KEYS}, {@code GEMINI_API_KEY} and {@code GEMINI_API_KEY_1…n}, without repetition, in this
     *                 order
     * @param keysFile {@code HYDRA_KEYS_FILE}, or {@code ./keys.json} when it is there
     */
    public record Gemini(URI url, List<Secret> keys, Optional<Path> keysFile) {
    }

    /**
     * The key pool.
     *
     * @param tolerance        0 to 1: how far from the best key the choice may stray; {@code HYDRA_POOL_TOLERANCE}
     * @param limits           {@code HYDRA_POOL_LIMITS}
     * @param longestWait      longest wait for a free key; {@code HYDRA_POOL_WAIT}
     * @param failureThreshold failures in a row that are a key's own before it is paused; {@code HYDRA_POOL_FAILURE_THRESHOLD}
     * @param concurrency      requests at once per key before the tier's multiplier; {@code HYDRA_POOL_CONCURRENCY}
     * @param limitsFile       limits that the operator sets; {@code HYDRA_POOL_LIMITS_FILE}
     * @param aliases          models by alias; {@code HYDRA_ALIASES}
     * @param groups           quota groups by model; {@code HYDRA_QUOTA_GROUPS}
     * @param caps             fields of each cap by its name, as written; {@code HYDRA_CAPS}
     */
    public record Pool(Strategy strategy, double tolerance, LimitMode limits, Duration longestWait, int failureThreshold, int concurrency,
            Optional<Path> limitsFile, Map<String, String> aliases, Map<String, String> groups, Map<String, Map<String, String>> caps) {

        /** With the built-in limits and aliases. */
        public Pool(Strategy strategy, double tolerance, LimitMode limits, Duration longestWait, int failureThreshold, int concurrency) {
            this(strategy, tolerance, limits, longestWait, failureThreshold, concurrency, Optional.empty(), Map.of(), Map.of(), Map.of());
        }
    }

    /** How a key is chosen; {@code HYDRA_POOL_STRATEGY}. */
    public enum Strategy {
        BALANCED, SEQUENTIAL
    }

    /** Where quotas come from; {@code HYDRA_POOL_LIMITS}. */
    public enum LimitMode {
        ENFORCE, LEARN, OFF
    }

    /**
     * {@code HYDRA_TIMEOUT_CONNECT}, {@code _WRITE}, {@code _STREAM}, {@code _WHOLE}, {@code _TOTAL}.
     *
     * @param stop how long requests under way may go on when the application ends; zero: not at all; {@code HYDRA_STOP_GRACE}
     */
    public record Timeouts(Duration connect, Duration write, Duration stream, Duration whole, Duration total, Duration stop) {
    }

    /**
     * What a single request may take, and all together; {@code HYDRA_LIMIT_BODY}, {@code HYDRA_LIMIT_IN_FLIGHT}, {@code HYDRA_LIMIT_DEPTH}.
     *
     * @param body     bytes of one request
     * @param inFlight bytes of all requests being worked on
     * @param depth    nesting of JSON
     */
    public record Limits(long body, long inFlight, int depth) {
    }

    /**
     * Pictures and files that requests name by URL.
     *
     * @param allow addresses that may be fetched although they are not public; {@code HYDRA_MEDIA_ALLOW}
     * @param maxBytes size of one fetched object; {@code HYDRA_MEDIA_MAX_BYTES}
     * @param timeout  for one object; {@code HYDRA_MEDIA_TIMEOUT}
     */
    public record Media(List<Cidr> allow, long maxBytes, Duration timeout) {
    }

    /**
     * How streams to clients behave.
     *
     * @param hold longest time that the status is held back for the first content, so that a failure can still be an HTTP error
     * @param beat silence after which a keep-alive is sent, in dialects that have one
     */
    public record Streams(Duration hold, Duration beat) {
    }

    /** @param keep how long stored responses are kept after they were last built on; zero = none is; {@code HYDRA_RESPONSES_KEEP} */
    public record Responses(Duration keep) {
    }

    /** @param keep how long the address of a made picture works; zero = pictures have no address of ours; {@code HYDRA_PICTURES_KEEP} */
    public record Pictures(Duration keep) {
    }

    /** @param flush longest time that an entry waits to be stored; {@code HYDRA_AUDIT_FLUSH}. {@code queue} = entries held in memory */
    public record Audit(Duration flush, int queue) {
    }
}
