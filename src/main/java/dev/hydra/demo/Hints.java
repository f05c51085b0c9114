package dev.hydra.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of a prompt may serve as an argument: its numbers in order, its proper names, its words. */
final class Hints {
    private final String text;
    private final List<String> numbers = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int nextNumber;
    private int nextName;

    Hints(String prompt) {
        text = prompt.length() > 2000 ? prompt.substring(0, 2000) : prompt;
        StringBuilder name = new StringBuilder();
        boolean sentenceStart = true;
        for (String word : words(text)) {
            if (isNumber(word)) {
                numbers.add(word);
            }
            boolean proper = Character.isUpperCase(word.charAt(0)) && !sentenceStart && word.length() > 1;
            if (proper) {
                name.append(name.isEmpty() ? "" : " ").append(word);
            } else if (!name.isEmpty()) {
                names.add(name.toString());
                name.setLength(0);
            }
            sentenceStart = false;
        }
        if (!name.isEmpty()) {
            names.add(name.toString());
        }
    }

    /** Maximal runs of letters, digits and the characters that hold numbers and names together. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean inside = Character.isLetterOrDigit(c) || start >= 0 && (c == '.' || c == '-') && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static boolean isNumber(String word) {
        boolean point = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return word.length() < 10;
    }

    Optional<String> number() {
        return nextNumber < numbers.size() ? Optional.of(numbers.get(nextNumber++)) : Optional.empty();
    }

    /** The next proper name; the last one again when there are no more. */
    Optional<String> name() {
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(Math.min(nextName++, names.size() - 1)));
    }

    /** The prompt itself, at most so many characters. */
    String text(int most) {
        int end = Math.min(most, text.length());
        boolean splitsPair = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end);
    }

    boolean mentions(String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }
}
