package dev.hydra.keys;

import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys read from outside, and what was wrong with the rest. Good entries are taken, whatever the others are.
 *
 * <p>Formats: Hydra's {@code keys.json}, a list of {@code {"email", "api_key", "project_id", "tier"}} of which only {@code api_key} is needed; a list of
 * texts; either of them, or pasted text, as the member {@code keys} of an object; plain text with one key a word. A byte-order mark of UTF-8 or
 * UTF-16 is accepted. Whether a key is valid is never told from its look, since Google
 * has several forms (spec mapping §4.0): only what no key can be is refused.
 *
 * @param complete whether the list was read to its end, so that a key which is not in it is known not to be
 */
public record KeyList(List<NewKey> keys, List<Problem> problems, boolean complete) {
    private static final int LONGEST_KEY = 512;
    private static final int LONGEST_FIELD = 200;
    private static final long LARGEST_FILE = 32L * 1024 * 1024;

    /**
     * Something that was not taken.
     *
     * @param entry   number in the list, from 1; 0 = the list as a whole
     * @param field   name of the field; empty = the entry as a whole
     * @param message what is wrong and what is allowed; never the value of a key
     */
    public record Problem(int entry, String field, String message) {
        @Override
        public String toString() {
            String place = entry == 0 ? "" : "entry " + entry + (field.isEmpty() ? "" : ", field " + field) + ": ";
            return place + message;
        }
    }

    /** What is worth knowing of keys that were taken: those of one project share its quota, so that they add nothing to each other. */
    public List<Problem> notes() {
        Map<String, Integer> first = new HashMap<>();
        List<Problem> notes = new ArrayList<>();
        for (NewKey key : keys) {
            Integer earlier = key.project().isEmpty() ? null : first.putIfAbsent(key.project(), key.entry());
            if (earlier != null) {
                notes.add(new Problem(key.entry(), "project_id", "is the project of entry " + earlier
                        + " too: both were taken, but share one quota, since Gemini's limits are per project."));
            }
        }
        return notes;
    }

    /** Reads a file. One that is not there, or cannot be read, is a problem and not an exception. */
    public static KeyList read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                return broken(file + " is larger than 32 MiB.");
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return broken("There is no file " + file + ".");
        } catch (IOException e) {
            return broken(file + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** Reads JSON or plain text in UTF-8, or in UTF-16 with a byte-order mark. */
    public static KeyList parse(byte[] bytes) {
        try {
            return parse(text(bytes));
        } catch (CharacterCodingException e) {
            return broken("The text is neither UTF-8 nor UTF-16 with a byte-order mark.");
        }
    }

    /** Reads JSON or plain text. */
    public static KeyList parse(String text) {
        String list = text.strip();
        Reader reader = new Reader();
        if (list.startsWith("[") || list.startsWith("{")) {
            return reader.json(list);
        }
        reader.words(list);
        return reader.result(true);
    }

    /** The keys of {@code GEMINI_API_KEYS} and its like. */
    static KeyList of(List<Secret> secrets) {
        Reader reader = new Reader();
        secrets.forEach(secret -> reader.entry(Json.string(secret.reveal())));
        return reader.result(true);
    }

    private static KeyList broken(String message) {
        return new KeyList(List.of(), List.of(new Problem(0, "", message)), false);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return decode(bytes, 3, StandardCharsets.UTF_8);
        }
        if (starts(bytes, 0xFF, 0xFE)) {
            return decode(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return decode(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return decode(bytes, 0, StandardCharsets.UTF_8);
    }

    private static boolean starts(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(byte[] bytes, int from, Charset charset) throws CharacterCodingException {
        // A new decoder reports what is malformed, while new String would replace it.
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
    }

    /** Collects entries. */
    private static final class Reader {
        private final List<NewKey> keys = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final Map<String, Integer> known = new HashMap<>();
        private int number;

        KeyList result(boolean complete) {
            return new KeyList(List.copyOf(keys), List.copyOf(problems), complete);
        }

        KeyList json(String text) {
            try (JsonParser parser = Json.parser(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
                if (parser.next() == JsonParser.Event.START_OBJECT) {
                    single(parser.getObject());
                } else {
                    while (parser.next() != JsonParser.Event.END_ARRAY) {
                        entry(parser.getValue());
                    }
                }
                if (parser.hasNext()) {
                    parser.next();
                }
                return result(true);
            } catch (JsonParsingException e) {
                problems.add(new Problem(0, "", "The JSON is broken at line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber() + "; the " + number + " entries before it were read."));
            } catch (JsonException | IllegalStateException e) {
                problems.add(new Problem(0, "", "The JSON ends too early; the " + number + " entries before that were read."));
            }
            return result(false);
        }

        private void single(JsonObject object) {
            switch (object.getOrDefault("keys", JsonValue.NULL)) {
                case JsonArray list -> list.forEach(this::entry);
                case JsonString words -> words(words.getString());
                default -> entry(object);
            }
        }

        void words(String text) {
            for (String word : text.split("[\\s,;]+")) {
                if (!word.isEmpty()) {
                    entry(Json.string(word));
                }
            }
        }

        void entry(JsonValue value) {
            number++;
            switch (value.getValueType()) {
                case STRING -> key(((JsonString) value).getString(), "", "", Tier.FREE, "");
                case OBJECT -> object(value.asJsonObject());
                default -> problem("", "must be an object with api_key, or a text, but is " + kind(value) + ".");
            }
        }

        private void object(JsonObject object) {
            Optional<String> key = field(object, "api_key");
            Optional<String> email = field(object, "email");
            Optional<String> project = field(object, "project_id");
            Optional<Tier> tier = field(object, "tier").flatMap(name -> {
                Optional<Tier> known = name.isEmpty() ? Optional.of(Tier.FREE) : Tier.of(name);
                if (known.isEmpty()) {
                    problem("tier", "must be free, standard, premium or enterprise, but is '" + brief(name) + "'.");
                }
                return known;
            });
            if (key.isPresent() && email.isPresent() && project.isPresent() && tier.isPresent()) {
                key(key.get(), email.get(), project.get(), tier.get(), "api_key");
            }
        }

        /** The text of a field, empty text when it is missing; empty when it is wrong, which is noted. */
        private Optional<String> field(JsonObject object, String name) {
            JsonValue value = object.getOrDefault(name, JsonValue.NULL);
            if (value.getValueType() == JsonValue.ValueType.NULL) {
                return Optional.of("");
            }
            if (!(value instanceof JsonString text)) {
                problem(name, "must be a text, but is " + kind(value) + ".");
                return Optional.empty();
            }
            String stripped = text.getString().strip();
            if (!name.equals("api_key") && (stripped.length() > LONGEST_FIELD || stripped.chars().anyMatch(Character::isISOControl))) {
                problem(name, "must be one line of at most " + LONGEST_FIELD + " characters.");
                return Optional.empty();
            }
            return Optional.of(stripped);
        }

        private void key(String text, String email, String project, Tier tier, String field) {
            String key = text.strip();
            Optional<String> fault = fault(key);
            Integer earlier = fault.isPresent() ? null : known.putIfAbsent(key, number);
            if (fault.isPresent()) {
                problem(field, fault.get());
            } else if (earlier != null) {
                problem(field, "is the same key as entry " + earlier + ".");
            } else {
                keys.add(new NewKey(number, Secret.of(key), email, project, tier));
            }
        }

        private static Optional<String> fault(String key) {
            if (key.isEmpty()) {
                return Optional.of("is missing or empty; it must be a Gemini API key.");
            }
            if (key.length() > LONGEST_KEY) {
                return Optional.of("has " + key.length() + " characters; a key has at most " + LONGEST_KEY + ".");
            }
            if (key.contains("***") || key.contains("...") || key.contains("…")) {
                return Optional.of("is a masked preview of a key, not a key.");
            }
            if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                return Optional.of("has a space or a character that no key has; only printable ASCII is allowed.");
            }
            return Optional.empty();
        }

        private void problem(String field, String message) {
            problems.add(new Problem(number, field, message));
        }

        private static String kind(JsonValue value) {
            return switch (value.getValueType()) {
                case ARRAY -> "a list";
                case OBJECT -> "an object";
                case STRING -> "a text";
                case NUMBER -> "a number";
                case TRUE, FALSE -> "true or false";
                case NULL -> "null";
            };
        }

        private static String brief(String text) {
            return text.length() <= 30 ? text : text.substring(0, 30) + "…";
        }
    }
}
