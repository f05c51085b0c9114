package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the record tree of what the sources say. All values are checked before any is used, so that one start tells all mistakes. */
final class SettingsTree {
    private final SourceTexts texts;
    private final Path workingDirectory;
    private final boolean executable;

    SettingsTree(SourceTexts texts, Path workingDirectory, boolean executable) {
        this.texts = texts;
        this.workingDirectory = workingDirectory;
        this.executable = executable;
        List<String> problems = new ArrayList<>();
        for (SettingName<?> name : SettingName.ALL) {
            try {
                texts.find(name);
            } catch (InvalidSettings e) {
                problems.add(e.getMessage() + " (set by: " + texts.origin(name.text()) + ")");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    List<Setting> values() {
        return SettingName.ALL.stream().<Setting>map(this::shown).toList();
    }

    private Setting shown(SettingName<?> name) {
        return new Setting(name, SourceTexts.shown(name, texts.text(name)), texts.origin(name.text()));
    }

    Settings settings() {
        Path home = path(texts.get(SettingName.HOME));
        return new Settings(home, server(), database(), encryption(home), admin(), gemini(), pool(), timeouts(), limits(), media(),
                streams(), audit(), new Settings.Responses(texts.get(SettingName.RESPONSES_KEEP)),
                new Settings.Pictures(texts.get(SettingName.PICTURES_KEEP)),
                texts.find(SettingName.REDIS_URL), texts.find(SettingName.PUBLIC_URL), texts.get(SettingName.STRICT),
                texts.get(SettingName.LOG_LEVEL));
    }

    private Settings.Server server() {
        return new Settings.Server(texts.get(SettingName.HOST), texts.get(SettingName.PORT), ranges(SettingName.TRUSTED_PROXIES),
                executable);
    }

    private Settings.Database database() {
        return new Settings.Database(texts.find(SettingName.DB_URL), texts.find(SettingName.DB_USER).orElse(""),
                secret(SettingName.DB_PASSWORD), texts.find(SettingName.DB_JNDI));
    }

    private Settings.Encryption encryption(Path home) {
        return new Settings.Encryption(secret(SettingName.SECRET),
                texts.find(SettingName.SECRET_FILE).map(this::path).orElse(home.resolve("secret.key")));
    }

    private Settings.Admin admin() {
        return new Settings.Admin(secret(SettingName.ADMIN_PASSWORD), ranges(SettingName.ADMIN_ALLOW));
    }

    private Settings.Gemini gemini() {
        Set<Secret> keys = new LinkedHashSet<>(texts.find(SettingName.GEMINI_API_KEYS).orElse(List.of()));
        texts.find(SettingName.GEMINI_API_KEY).ifPresent(keys::addAll);
        texts.numberedKeys().forEach(text -> keys.addAll(SettingName.GEMINI_API_KEY.kind().reader().apply(text)));
        return new Settings.Gemini(texts.get(SettingName.GEMINI_URL), List.copyOf(keys), keysFile());
    }

    private Optional<Path> keysFile() {
        Path usual = workingDirectory.resolve("keys.json").toAbsolutePath();
        return texts.find(SettingName.KEYS_FILE).map(this::path)
                .or(() -> Files.isRegularFile(usual) ? Optional.of(usual) : Optional.empty());
    }

    private Settings.Pool pool() {
        return new Settings.Pool(texts.get(SettingName.POOL_STRATEGY), texts.get(SettingName.POOL_TOLERANCE),
                texts.get(SettingName.POOL_LIMITS), texts.get(SettingName.POOL_WAIT), texts.get(SettingName.POOL_FAILURE_THRESHOLD),
                texts.get(SettingName.POOL_CONCURRENCY), texts.find(SettingName.POOL_LIMITS_FILE).map(this::path),
                texts.find(SettingName.ALIASES).orElse(Map.of()), texts.find(SettingName.QUOTA_GROUPS).orElse(Map.of()),
                texts.find(SettingName.CAPS).orElse(Map.of()));
    }

    private Settings.Timeouts timeouts() {
        return new Settings.Timeouts(texts.get(SettingName.TIMEOUT_CONNECT), texts.get(SettingName.TIMEOUT_WRITE),
                texts.get(SettingName.TIMEOUT_STREAM), texts.get(SettingName.TIMEOUT_WHOLE), texts.get(SettingName.TIMEOUT_TOTAL),
                texts.get(SettingName.STOP_GRACE));
    }

    private Settings.Limits limits() {
        long body = texts.get(SettingName.LIMIT_BODY);
        long inFlight = texts.find(SettingName.LIMIT_IN_FLIGHT).orElse(Math.max(body, Runtime.getRuntime().maxMemory() / 4));
        if (inFlight < body) {
            throw new InvalidSettings(SettingName.LIMIT_IN_FLIGHT + ": \"" + texts.text(SettingName.LIMIT_IN_FLIGHT)
                    + "\" is not allowed; allowed: at least " + SettingName.LIMIT_BODY + " (" + texts.text(SettingName.LIMIT_BODY) + ")");
        }
        return new Settings.Limits(body, inFlight, texts.get(SettingName.LIMIT_DEPTH));
    }

    private Settings.Media media() {
        return new Settings.Media(ranges(SettingName.MEDIA_ALLOW), texts.get(SettingName.MEDIA_MAX_BYTES),
                texts.get(SettingName.MEDIA_TIMEOUT));
    }

    private Settings.Streams streams() {
        return new Settings.Streams(texts.get(SettingName.STREAM_HOLD), texts.get(SettingName.STREAM_BEAT));
    }

    private Settings.Audit audit() {
        return new Settings.Audit(texts.get(SettingName.AUDIT_FLUSH), texts.get(SettingName.AUDIT_QUEUE));
    }

    private List<Cidr> ranges(SettingName<List<Cidr>> name) {
        return texts.find(name).orElse(List.of());
    }

    private Secret secret(SettingName<Secret> name) {
        return texts.find(name).orElse(Secret.NONE);
    }

    private Path path(Path path) {
        return workingDirectory.resolve(path).toAbsolutePath().normalize();
    }
}
