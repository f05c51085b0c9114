package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one table of settings: name, default, what is allowed, meaning. Environment, system properties, JNDI and flags use the name as it is;
 * {@code hydra.toml} writes {@code HYDRA_A_B} as {@code a.b}. Documentation and {@code hydra doctor} are made from it.
 *
 * @param <T> type of the value
 */
public final class SettingName<T> {
    /** What all names but those of Gemini's own begin with. */
    static final String PREFIX = "HYDRA_";

    private static final List<SettingName<?>> DECLARED = new ArrayList<>();

    /** Every setting, in the order of the documentation. */
    public static final List<SettingName<?>> ALL = Collections.unmodifiableList(DECLARED);

    public static final SettingName<Path> HOME = new SettingName<>("HYDRA_HOME", Kind.PATH, "~/.hydra",
            "directory of everything that Hydra keeps");
    public static final SettingName<Path> CONFIG = new SettingName<>("HYDRA_CONFIG", Kind.PATH, "",
            "settings file; unset: hydra.toml in the working directory, else in HYDRA_HOME");
    public static final SettingName<String> HOST = new SettingName<>("HYDRA_HOST", Kind.TEXT, "127.0.0.1",
            "address the executable listens on");
    public static final SettingName<Integer> PORT = new SettingName<>("HYDRA_PORT", Kind.number(0, 65535), "8000",
            "port the executable listens on; 0 takes any free one");
    public static final SettingName<List<Cidr>> TRUSTED_PROXIES = new SettingName<>("HYDRA_TRUSTED_PROXIES", Kind.RANGES, "",
            "addresses whose forwarding headers count");
    public static final SettingName<URI> PUBLIC_URL = new SettingName<>("HYDRA_PUBLIC_URL", Kind.ADDRESS, "",
            "address that clients see, for links");
    public static final SettingName<Boolean> STRICT = new SettingName<>("HYDRA_STRICT", Kind.SWITCH, "false",
            "whether a field that cannot be carried is an error instead of being ignored");
    public static final SettingName<String> LOG_LEVEL = new SettingName<>("HYDRA_LOG_LEVEL", Kind.LOG_LEVEL, "INFO", "how much is logged");

    public static final SettingName<List<Secret>> GEMINI_API_KEYS = new SettingName<>("GEMINI_API_KEYS", Kind.SECRETS, "",
            "Gemini keys, separated by commas or white space");
    public static final SettingName<List<Secret>> GEMINI_API_KEY = new SettingName<>("GEMINI_API_KEY", Kind.SECRETS, "",
            "a Gemini key; more as GEMINI_API_KEY_1, GEMINI_API_KEY_2, …");
    public static final SettingName<Path> KEYS_FILE = new SettingName<>("HYDRA_KEYS_FILE", Kind.PATH, "",
            "file of keys; unset: keys.json in the working directory if there is one");
    public static final SettingName<URI> GEMINI_URL = new SettingName<>("HYDRA_GEMINI_URL", Kind.ORIGIN,
            "https://generativelanguage.googleapis.com", "base address of the Gemini API");

    public static final SettingName<Secret> SECRET = new SettingName<>("HYDRA_SECRET", Kind.SECRET, "",
            "passphrase that stored keys are encrypted with");
    public static final SettingName<Path> SECRET_FILE = new SettingName<>("HYDRA_SECRET_FILE", Kind.PATH, "",
            "file of the encryption key where HYDRA_SECRET is unset, made at first start; unset: secret.key in HYDRA_HOME");
    public static final SettingName<Secret> ADMIN_PASSWORD = new SettingName<>("HYDRA_ADMIN_PASSWORD", Kind.SECRET, "",
            "sign-in of the dashboard");
    public static final SettingName<List<Cidr>> ADMIN_ALLOW = new SettingName<>("HYDRA_ADMIN_ALLOW", Kind.RANGES, "127.0.0.0/8, ::1",
            "addresses that may use dashboard and admin API");

    public static final SettingName<String> DB_URL = new SettingName<>("HYDRA_DB_URL", Kind.JDBC, "",
            "database; unset: an H2 file in HYDRA_HOME");
    public static final SettingName<String> DB_USER = new SettingName<>("HYDRA_DB_USER", Kind.TEXT, "", "user of the database");
    public static final SettingName<Secret> DB_PASSWORD = new SettingName<>("HYDRA_DB_PASSWORD", Kind.SECRET, "",
            "password of the database");
    public static final SettingName<String> DB_JNDI = new SettingName<>("HYDRA_DB_JNDI", Kind.TEXT, "",
            "name of the server's data source (not a JTA one); wins over HYDRA_DB_URL");
    public static final SettingName<RedisUrl> REDIS_URL = new SettingName<>("HYDRA_REDIS_URL", Kind.REDIS, "",
            "Redis, through which several nodes with one database share quotas; unset: this node is alone");

    public static final SettingName<Settings.Strategy> POOL_STRATEGY = new SettingName<>("HYDRA_POOL_STRATEGY",
            Kind.choice(Settings.Strategy.class), "balanced", "how a key is chosen");
    public static final SettingName<Double> POOL_TOLERANCE = new SettingName<>("HYDRA_POOL_TOLERANCE", Kind.fraction(), "0",
            "how far from the best key the choice may stray");
    public static final SettingName<Settings.LimitMode> POOL_LIMITS = new SettingName<>("HYDRA_POOL_LIMITS",
            Kind.choice(Settings.LimitMode.class), "enforce",
            "where quotas come from: built in and the API's answers, those answers alone, or cooldowns only");
    public static final SettingName<Path> POOL_LIMITS_FILE = new SettingName<>("HYDRA_POOL_LIMITS_FILE", Kind.PATH, "",
            "file of limits per model in the format of model-limits.toml, kept exactly; the API's word wins");
    public static final SettingName<Duration> POOL_WAIT = new SettingName<>("HYDRA_POOL_WAIT", Kind.WAIT, "20s",
            "longest wait for a free key");
    public static final SettingName<Integer> POOL_FAILURE_THRESHOLD = new SettingName<>("HYDRA_POOL_FAILURE_THRESHOLD",
            Kind.number(1, 1000), "3", "failures in a row before a key is paused");
    public static final SettingName<Integer> POOL_CONCURRENCY = new SettingName<>("HYDRA_POOL_CONCURRENCY", Kind.number(1, 100_000), "3",
            "requests at once per key, before its tier's multiplier");

    public static final SettingName<Map<String, String>> ALIASES = new SettingName<>("HYDRA_ALIASES", Kind.PAIRS, "",
            "models by the names that clients use for them, several separated by | in the order in which they are tried; in hydra.toml also a table [aliases]");
    public static final SettingName<Map<String, String>> QUOTA_GROUPS = new SettingName<>("HYDRA_QUOTA_GROUPS", Kind.PAIRS, "",
            "quota groups by model; in hydra.toml also a table [quota_groups] with a list of models for each group");
    public static final SettingName<Map<String, Map<String, String>>> CAPS = new SettingName<>("HYDRA_CAPS", Kind.RECORDS, "",
            "caps on the use of models; in hydra.toml a table [caps.NAME] for each");

    public static final SettingName<Duration> TIMEOUT_CONNECT = new SettingName<>("HYDRA_TIMEOUT_CONNECT", Kind.TIME, "10s",
            "connecting to a provider");
    public static final SettingName<Duration> TIMEOUT_WRITE = new SettingName<>("HYDRA_TIMEOUT_WRITE", Kind.TIME, "30s", "one write");
    public static final SettingName<Duration> TIMEOUT_STREAM = new SettingName<>("HYDRA_TIMEOUT_STREAM", Kind.TIME, "300s",
            "silence of a provider within a stream");
    public static final SettingName<Duration> TIMEOUT_WHOLE = new SettingName<>("HYDRA_TIMEOUT_WHOLE", Kind.TIME, "60s",
            "silence of a provider before a whole answer");
    public static final SettingName<Duration> TIMEOUT_TOTAL = new SettingName<>("HYDRA_TIMEOUT_TOTAL", Kind.TIME, "300s",
            "one request with all its tries");
    public static final SettingName<Duration> STOP_GRACE = new SettingName<>("HYDRA_STOP_GRACE", Kind.WAIT, "20s",
            "how long requests under way may go on when Hydra is stopped or undeployed; new ones are refused meanwhile");

    public static final SettingName<Long> LIMIT_BODY = new SettingName<>("HYDRA_LIMIT_BODY", Kind.SIZE, "100MB", "size of one request");
    public static final SettingName<Long> LIMIT_IN_FLIGHT = new SettingName<>("HYDRA_LIMIT_IN_FLIGHT", Kind.SIZE, "",
            "size of all requests being worked on; unset: a quarter of the heap, and at least HYDRA_LIMIT_BODY");
    public static final SettingName<Integer> LIMIT_DEPTH = new SettingName<>("HYDRA_LIMIT_DEPTH", Kind.number(8, 1000), "128",
            "nesting of JSON");
    public static final SettingName<List<Cidr>> MEDIA_ALLOW = new SettingName<>("HYDRA_MEDIA_ALLOW", Kind.RANGES, "",
            "addresses that image URLs may point at although they are not public");
    public static final SettingName<Duration> STREAM_HOLD = new SettingName<>("HYDRA_STREAM_HOLD", Kind.TIME, "25s",
            "longest time that a stream's status is held back for its first content");
    public static final SettingName<Duration> STREAM_BEAT = new SettingName<>("HYDRA_STREAM_BEAT", Kind.TIME, "10s",
            "silence in a stream after which a keep-alive is sent");
    public static final SettingName<Long> MEDIA_MAX_BYTES = new SettingName<>("HYDRA_MEDIA_MAX_BYTES", Kind.SIZE, "50MB",
            "size of one fetched object");
    public static final SettingName<Duration> MEDIA_TIMEOUT = new SettingName<>("HYDRA_MEDIA_TIMEOUT", Kind.TIME, "20s",
            "fetching one object");
    public static final SettingName<Duration> RESPONSES_KEEP = new SettingName<>("HYDRA_RESPONSES_KEEP", Kind.WAIT, "720h",
            "how long responses with \"store\" are kept after they were last built on; 0 keeps none");
    public static final SettingName<Duration> PICTURES_KEEP = new SettingName<>("HYDRA_PICTURES_KEEP", Kind.WAIT, "1h",
            "how long the address of a picture works that was made with response_format \"url\"; 0 = the address is a data URL");
    public static final SettingName<Duration> AUDIT_FLUSH = new SettingName<>("HYDRA_AUDIT_FLUSH", Kind.TIME, "1s",
            "longest time that an audit entry waits to be stored");
    public static final SettingName<Integer> AUDIT_QUEUE = new SettingName<>("HYDRA_AUDIT_QUEUE", Kind.number(100, 1_000_000), "10000",
            "audit entries held in memory");

    private final String name;
    private final Kind<T> kind;
    private final String byDefault;
    private final String meaning;

    private SettingName(String name, Kind<T> kind, String byDefault, String meaning) {
        this.name = name;
        this.kind = kind;
        this.byDefault = byDefault;
        this.meaning = meaning;
        DECLARED.add(this);
    }

    /** The name in the environment. */
    public String text() {
        return name;
    }

    /** The default in an operator's words; empty when there is none or when {@link #meaning} tells it. */
    public String byDefault() {
        return byDefault;
    }

    /** What is allowed, as the end of a sentence. */
    public String allowed() {
        return kind.allowed();
    }

    /** What it is for, as half a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Whether the value must not be seen. */
    public boolean secret() {
        return kind.hidden();
    }

    /** The name in {@code hydra.toml}, e.g. {@code pool.failure_threshold}. */
    public String tomlName() {
        String words = name.toLowerCase(Locale.ROOT);
        return name.startsWith(PREFIX) ? words.substring(PREFIX.length()).replaceFirst("_", ".") : words;
    }

    Kind<T> kind() {
        return kind;
    }

    @Override
    public String toString() {
        return name;
    }
}
