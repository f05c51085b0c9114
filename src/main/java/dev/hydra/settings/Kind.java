package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What values a setting can have.
 *
 * @param allowed completes the sentence "allowed: …"
 * @param reader  reads a text that is not blank; throws {@link IllegalArgumentException} when it is not allowed
 * @param hidden  whether the value must not be seen
 */
record Kind<T>(String allowed, Function<String, T> reader, boolean hidden) {
    static final Kind<String> TEXT = new Kind<>("any text", Function.identity());
    static final Kind<Secret> SECRET = new Kind<>("any text", Secret::of, true);
    static final Kind<List<Secret>> SECRETS = new Kind<>("keys, separated by commas or white space",
            text -> split(text).stream().map(Secret::of).toList(), true);
    static final Kind<Boolean> SWITCH = new Kind<>("true or false", Kind::readSwitch);
    static final Kind<Path> PATH = new Kind<>("a path; ~/ is the user's home", Kind::readPath);
    static final Kind<String> JDBC = new Kind<>("an address that starts with jdbc:", text -> require(text, text.startsWith("jdbc:")));
    static final Kind<RedisUrl> REDIS = new Kind<>(RedisUrl.ALLOWED, RedisUrl::parse, true);
    static final Kind<URI> ADDRESS = new Kind<>("http:// or https:// with a host", text -> readAddress(text, true));
    static final Kind<URI> ORIGIN = new Kind<>("http:// or https:// with a host, without a path", text -> readAddress(text, false));
    static final Kind<List<Cidr>> RANGES = new Kind<>("IP addresses or ranges such as 10.0.0.0/8, separated by commas",
            text -> split(text).stream().map(Cidr::parse).toList());
    /** Zero is allowed. */
    static final Kind<Duration> WAIT = new Kind<>("a time such as 500ms, 20s, 5m or 1h; a number alone is seconds", Kind::readDuration);
    static final Kind<Duration> TIME = new Kind<>("a time above zero such as 500ms, 20s, 5m or 1h; a number alone is seconds",
            text -> positive(readDuration(text)));
    static final Kind<Long> SIZE = new Kind<>("a size such as 512KB, 100MB or 2GB (1KB = 1024 bytes); a number alone is bytes",
            Kind::readSize);
    static final Kind<Map<String, String>> PAIRS = new Kind<>("name=value pairs such as gpt-4o=gemini-2.5-pro, separated by commas",
            Kind::readPairs);
    static final Kind<Map<String, Map<String, String>>> RECORDS = new Kind<>(
            "records such as pro: models=gemini-2.5-pro* limit=100; flash: models=*flash* limit=1000, separated by semicolons",
            Kind::readRecords);
    static final Kind<String> LOG_LEVEL = new Kind<>("TRACE, DEBUG, INFO, WARN or ERROR",
            text -> require(text.toUpperCase(Locale.ROOT), Kind.LEVELS.contains(text.toUpperCase(Locale.ROOT))));

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})\\s*([KMG]?)I?B?");

    Kind(String allowed, Function<String, T> reader) {
        this(allowed, reader, false);
    }

    static Kind<Integer> number(int least, int most) {
        return new Kind<>("a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            require(text, number >= least && number <= most);
            return number;
        });
    }

    static Kind<Double> fraction() {
        return new Kind<>("a number from 0 to 1", text -> {
            double number = Double.parseDouble(text);
            require(text, number >= 0 && number <= 1);
            return number;
        });
    }

    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants()).map(word -> word.name().toLowerCase(Locale.ROOT)).toList();
        return new Kind<>(String.join(", ", words), text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    private static List<String> split(String text) {
        return SEPARATOR.splitAsStream(text).filter(part -> !part.isEmpty()).toList();
    }

    private static Map<String, String> readPairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : split(text)) {
            int sign = pair.indexOf('=');
            require(text, sign > 0 && sign < pair.length() - 1 && pairs.put(pair.substring(0, sign), pair.substring(sign + 1)) == null);
        }
        return Map.copyOf(pairs);
    }

    private static Map<String, Map<String, String>> readRecords(String text) {
        Map<String, Map<String, String>> records = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            int sign = part.indexOf(':');
            if (!part.isBlank()) {
                require(text, sign > 0 && records.put(part.substring(0, sign).strip(), readPairs(part.substring(sign + 1))) == null);
            }
        }
        return Map.copyOf(records);
    }

    private static boolean readSwitch(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Path readPath(String text) {
        return text.equals("~") || text.startsWith("~/") ? Path.of(System.getProperty("user.home") + text.substring(1)) : Path.of(text);
    }

    private static URI readAddress(String text, boolean pathAllowed) {
        URI address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        boolean plain = address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null
                && address.getFragment() == null;
        require(text, plain && ("http".equals(address.getScheme()) || "https".equals(address.getScheme())));
        require(text, pathAllowed || address.getPath().isEmpty());
        return address;
    }

    private static Duration readDuration(String text) {
        Matcher parts = DURATION.matcher(text);
        require(text, parts.matches());
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static Duration positive(Duration time) {
        require(time.toString(), !time.isZero());
        return time;
    }

    private static long readSize(String text) {
        Matcher parts = BYTES.matcher(text.toUpperCase(Locale.ROOT));
        require(text, parts.matches());
        int shift = switch (parts.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        long size = Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << shift);
        require(text, size > 0);
        return size;
    }

    private static String require(String text, boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
