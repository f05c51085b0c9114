package dev.hydra.demo;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which declared functions a prompt asks for: by the words of their names, else by those of their descriptions. */
final class ToolChoice {
    private static final Set<String> FILLERS = Set.of("get", "set", "the", "and", "for", "with", "from", "this", "that", "current", "tool",
            "function", "given", "returns", "return", "what", "when", "which", "your", "you", "are", "use", "call", "does", "please");
    private static final int MOST_CALLS = 4;

    private ToolChoice() {
    }

    /** The functions to call, none when the prompt asks for none. */
    static List<JsonObject> choose(Prompt prompt) {
        if (prompt.functions().isEmpty()) {
            return List.of();
        }
        Set<String> said = words(prompt.text());
        List<JsonObject> named = new ArrayList<>();
        for (JsonObject function : prompt.functions()) {
            if (common(words(JsonText.string(function, "name")), said) > 0) {
                named.add(function);
            }
        }
        if (named.size() > 1 && (said.contains("both") || prompt.text().contains(" and "))) {
            return named.subList(0, Math.min(named.size(), MOST_CALLS));
        }
        if (!named.isEmpty()) {
            return List.of(named.getFirst());
        }
        for (JsonObject function : prompt.functions()) {
            if (common(words(JsonText.string(function, "description")), said) > 1) {
                return List.of(function);
            }
        }
        return prompt.mustCall() || mentionsTools(prompt.text()) ? List.of(prompt.functions().getFirst()) : List.of();
    }

    private static boolean mentionsTools(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("tool") || lower.contains("function");
    }

    private static int common(Set<String> words, Set<String> said) {
        int common = 0;
        for (String word : words) {
            common += said.contains(word) ? 1 : 0;
        }
        return common;
    }

    /** Words of three letters or more in lower case; camelCase and snake_case are taken apart. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean hump = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(text.charAt(i - 1));
            if (!Character.isLetter(c) || hump) {
                if (word.length() > 2 && !FILLERS.contains(word.toString())) {
                    words.add(word.toString());
                }
                word.setLength(0);
            }
            if (Character.isLetter(c)) {
                word.append(Character.toLowerCase(c));
            }
        }
        return words;
    }
}
