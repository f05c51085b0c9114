package dev.hydra.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file: {@code NAME=text}, {@code export NAME=text}, {@code # comment}. Text in single or double quotes is taken as it
 * stands and may go over lines; without quotes it ends before {@code " #"}. Nothing is expanded.
 */
final class EnvFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String EXPORT = "export ";

    private final Path file;
    private final Iterator<String> lines;
    private int number;

    private EnvFile(Path file, Iterator<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * @throws InvalidSettings when the file cannot be read or a line is none of these; the message does not show the line, which may hold a
     *     key
     */
    static Map<String, String> read(Path file) {
        try {
            String text = Files.readString(file);
            return new EnvFile(file, text.lines().iterator()).entries();
        } catch (IOException e) {
            throw new InvalidSettings(file + " cannot be read: " + e);
        }
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Optional<String> next = line(); next.isPresent(); next = line()) {
            String line = next.get().strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String entry = line.startsWith(EXPORT) ? line.substring(EXPORT.length()) : line;
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()) {
                throw wrong(number);
            }
            entries.put(name, value(entry.substring(equals + 1).strip()));
        }
        return entries;
    }

    private Optional<String> line() {
        if (!lines.hasNext()) {
            return Optional.empty();
        }
        number++;
        String line = lines.next();
        return Optional.of(number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
    }

    private String value(String text) {
        if (text.startsWith("\"") || text.startsWith("'")) {
            return quoted(text.charAt(0), text.substring(1));
        }
        int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }

    private String quoted(char quote, String start) {
        int opened = number;
        StringBuilder text = new StringBuilder(start);
        while (text.indexOf(String.valueOf(quote)) < 0) {
            text.append('\n').append(line().orElseThrow(() -> wrong(opened)));
        }
        int end = text.indexOf(String.valueOf(quote));
        String rest = text.substring(end + 1).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw wrong(number);
        }
        return text.substring(0, end);
    }

    private InvalidSettings wrong(int line) {
        return new InvalidSettings(file + ": line " + line + " is not NAME=text");
    }
}
