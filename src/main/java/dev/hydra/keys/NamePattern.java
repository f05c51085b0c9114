package dev.hydra.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A model's name in which {@code *} stands for any text. */
record NamePattern(Pattern pattern) {

    static NamePattern of(String text) {
        return new NamePattern(Pattern.compile(Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** The text of a table of patterns that comes with the application. */
    static String resource(String name) {
        try (InputStream in = NamePattern.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
