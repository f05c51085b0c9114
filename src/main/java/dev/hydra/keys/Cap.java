package dev.hydra.keys;

import dev.hydra.settings.InvalidSettings;
import dev.hydra.settings.SettingName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much an operator lets models be used in a period (product POOL-7).
 *
 * @param name      what the operator calls it
 * @param models    pattern of the models' names, {@code *} for any text; they are counted together
 * @param limit     positive
 * @param per       whether all accounts share the limit or each has its own
 * @param enabled   whether it is counted and kept
 * @param alert     percent of the limit, 1 to 100, at which the operator is warned
 * @param resetTime when a period begins, in {@code zone}; of an hour's period only its minute counts
 */
public record Cap(String name, String models, long limit, Unit unit, CapPeriod period, Per per, Action action, boolean enabled, int alert,
        LocalTime resetTime, ZoneId zone) {
    /** Tokens of a large company in a month have some digits to spare; sums of limits stay below 2^63. */
    private static final long LARGEST = 1_000_000_000_000_000L;
    private static final int LONGEST_NAME = 100;
    private static final Map<String, String> DEFAULTS = Map.of("unit", "requests", "period", "day", "per", "all", "action", "reject",
            "enabled",
            "true", "alert", "80", "reset_time", "00:00", "zone", "America/Los_Angeles");

    /** What is counted. */
    public enum Unit {
        /** That a provider has answered, in whole or in part. */
        REQUESTS,
        /** Input and output together. */
        TOKENS
    }

    /** Whose use is held against the limit. */
    public enum Per {
        /** That of all accounts together. */
        ALL,
        /** Each account's own: an account is the e-mail of a key, else its project, else the key itself. */
        ACCOUNT
    }

    /** What becomes of a request when nobody may serve it any more. */
    public enum Action {
        /** The next model or provider of the alias, where there is one; else it is refused. */
        TRY_NEXT,
        /** It is refused with 429 until the reset. */
        REJECT
    }

    /**
     * A cap in an operator's words.
     *
     * @param fields {@code models} and {@code limit}; the others have defaults: {@code unit}, {@code period}, {@code per}, {@code action}, {@code enabled},
     *               {@code alert}, {@code reset_time}, {@code zone}
     * @throws InvalidEntry when a field is missing, unknown or has a value that is not allowed
     */
    public static Cap of(String name, Map<String, String> fields) {
        check("name", name, name.length() <= LONGEST_NAME && name.matches("[A-Za-z0-9._-]+"),
                "1 to " + LONGEST_NAME + " letters, digits, dots, dashes and underscores");
        fields.keySet().stream().filter(field -> !DEFAULTS.containsKey(field) && !field.equals("models") && !field.equals("limit"))
                .findFirst()
                .ifPresent(field -> {
                    throw InvalidEntry.of(field, fields.get(field), "models, limit, " + DEFAULTS.keySet().stream().sorted()
                            .collect(Collectors.joining(", ")) + " as fields of a cap");
                });
        return new Cap(name, models(fields), number(fields, "limit", LARGEST), word(fields, "unit", Unit.class),
                word(fields, "period", CapPeriod.class), word(fields, "per", Per.class), word(fields, "action", Action.class),
                read(fields, "enabled", "true or false", Cap::flag), (int) number(fields, "alert", 100),
                read(fields, "reset_time", "a time of day such as 00:00 or 06:30", LocalTime::parse),
                read(fields, "zone", "a time zone such as UTC or Europe/Berlin", ZoneId::of));
    }

    /** Those of the settings, by name. @throws InvalidSettings when one is not in order */
    static Map<String, Cap> configured(Map<String, Map<String, String>> texts) {
        Map<String, Cap> caps = new HashMap<>();
        texts.forEach((name, fields) -> {
            try {
                caps.put(name, of(name, fields));
            } catch (InvalidEntry e) {
                throw new InvalidSettings(SettingName.CAPS + ": " + name + ": " + e.getMessage());
            }
        });
        return caps;
    }

    /** The fields as {@link #of} takes them. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("models", models);
        fields.put("limit", Long.toString(limit));
        fields.put("unit", lower(unit));
        fields.put("period", lower(period));
        fields.put("per", lower(per));
        fields.put("action", lower(action));
        fields.put("enabled", Boolean.toString(enabled));
        fields.put("alert", Integer.toString(alert));
        fields.put("reset_time", resetTime.toString());
        fields.put("zone", zone.getId());
        return fields;
    }

    Instant begin(Instant now) {
        return period.begin(now, resetTime, zone);
    }

    Instant end(Instant now) {
        return period.end(now, resetTime, zone);
    }

    /** For example {@code 100 requests a day}. */
    public String words() {
        return limit + " " + lower(unit) + (period == CapPeriod.HOUR ? " an " : " a ") + lower(period)
                + (per == Per.ACCOUNT ? " for each account" : "");
    }

    private static String models(Map<String, String> fields) {
        String models = fields.getOrDefault("models", "");
        check("models", models, !models.isEmpty() && models.length() <= KeyPool.LONGEST_MODEL_NAME
                && KeyPool.isPlain(models), "a model's name, * for any text");
        return models;
    }

    private static long number(Map<String, String> fields, String field, long most) {
        return read(fields, field, "a whole number from 1 to " + most, text -> {
            long number = Long.parseLong(text);
            if (number < 1 || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        });
    }

    private static <E extends Enum<E>> E word(Map<String, String> fields, String field, Class<E> type) {
        String allowed = Arrays.stream(type.getEnumConstants()).map(Cap::lower).collect(Collectors.joining(", "));
        return read(fields, field, allowed, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static <T> T read(Map<String, String> fields, String field, String allowed, Function<String, T> reader) {
        String text = Optional.ofNullable(fields.get(field)).orElse(DEFAULTS.getOrDefault(field, ""));
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw InvalidEntry.of(field, text, allowed);
        }
    }

    private static void check(String field, String value, boolean good, String allowed) {
        if (!good) {
            throw InvalidEntry.of(field, value, allowed);
        }
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
