package dev.hydra.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the sources say, the latest one winning name by name. */
final class SourceTexts {
    private static final Pattern NUMBERED_KEY = Pattern.compile("GEMINI_API_KEY_([0-9]{1,9})");

    private final Map<Origin, Map<String, String>> sources;

    SourceTexts(Map<Origin, Map<String, String>> sources) {
        this.sources = new EnumMap<>(Origin.class);
        this.sources.putAll(sources);
    }

    /** Those properties that are texts, in a map. */
    static Map<String, String> of(Properties properties) {
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** The last source that has a text for the name which is not blank. A blank flag takes back what all other sources say. */
    Origin origin(String name) {
        if (sources.getOrDefault(Origin.FLAG, Map.of()).getOrDefault(name, "-").isBlank()) {
            return Origin.DEFAULT;
        }
        Origin last = Origin.DEFAULT;
        for (Map.Entry<Origin, Map<String, String>> source : sources.entrySet()) {
            if (!source.getValue().getOrDefault(name, "").isBlank()) {
                last = source.getKey();
            }
        }
        return last;
    }

    /** The text in force; empty when there is none and no default. */
    String text(SettingName<?> name) {
        Origin origin = origin(name.text());
        return origin == Origin.DEFAULT ? name.byDefault() : sources.get(origin).get(name.text()).strip();
    }

    /** The value in force. @throws InvalidSettings when it is not allowed */
    <T> Optional<T> find(SettingName<T> name) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(name.kind().reader().apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            String shown = name == SettingName.REDIS_URL ? "\"" + RedisUrl.shown(text) + "\""
                    : name.secret() ? "the value" : "\"" + shown(name, text) + "\"";
            throw new InvalidSettings(name + ": " + shown + " is not allowed; allowed: " + name.allowed());
        }
    }

    /** The text as anybody may see it: no secret, and no parameters of a database's address, which may hold a password. */
    static String shown(SettingName<?> name, String text) {
        if (name.secret()) {
            return text.isEmpty() ? "" : "****";
        }
        if (name == SettingName.DB_URL) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '?' || text.charAt(i) == ';') {
                    return text.substring(0, i) + "…";
                }
            }
        }
        return text;
    }

    /** The value of a setting that always has one. @throws InvalidSettings when it is not allowed */
    <T> T get(SettingName<T> name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " has no default"));
    }

    /** The texts of {@code GEMINI_API_KEY_<n>}, by rising number; gaps do not matter. None where a flag names the keys, since a flag wins. */
    List<String> numberedKeys() {
        if (origin(SettingName.GEMINI_API_KEYS.text()) == Origin.FLAG) {
            return List.of();
        }
        Map<Integer, String> byNumber = new TreeMap<>();
        sources.values().forEach(texts -> texts.forEach((name, text) -> {
            Matcher numbered = NUMBERED_KEY.matcher(name);
            if (numbered.matches() && !text.isBlank()) {
                byNumber.put(Integer.parseInt(numbered.group(1)), text.strip());
            }
        }));
        return List.copyOf(byNumber.values());
    }

    /** One line for each name that looks like a setting and is none. */
    List<String> warnings() {
        List<String> known = SettingName.ALL.stream().map(SettingName::text).toList();
        List<String> lines = new ArrayList<>();
        sources.forEach((origin, texts) -> texts.keySet().stream()
                .filter(name -> name.startsWith(SettingName.PREFIX) && !known.contains(name))
                .sorted(Comparator.naturalOrder())
                .forEach(name -> lines.add(name + " (" + origin + ") is not a setting and does nothing" + Neighbours.hint(name, known))));
        return lines;
    }
}
