package dev.hydra.dialect;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of functions as a provider takes them (first a letter or {@code _}, then letters, digits, {@code _} and some punctuation), unique in
 * one request, and the way back to the names that the client declared. Filled while a request is written, then only read.
 */
public final class FunctionNames {
    private final int maxLength;
    private final String punctuation;
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, String> declared = new HashMap<>();

    /** @param punctuation what else a name may hold, e.g. {@code .:-} */
    public FunctionNames(int maxLength, String punctuation) {
        this.maxLength = maxLength;
        this.punctuation = punctuation;
    }

    /** The provider's name for a function of the client. */
    public String written(String name) {
        String known = written.get(name);
        if (known != null) {
            return known;
        }
        String legal = legal(name);
        String unique = legal;
        for (int salt = 0; declared.containsKey(unique); salt++) {
            String suffix = "_" + Integer.toHexString(name.hashCode() + salt);
            unique = legal.substring(0, Math.min(legal.length(), maxLength - suffix.length())) + suffix;
        }
        written.put(name, unique);
        declared.put(unique, name);
        return unique;
    }

    /** The client's name for a function that the model calls; a name that the client never said stays. */
    public String declared(String name) {
        return declared.getOrDefault(name, name);
    }

    private String legal(String name) {
        StringBuilder legal = new StringBuilder(name.length() + 1);
        for (int i = 0; i < name.length() && legal.length() < maxLength; i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean later = c >= '0' && c <= '9' || punctuation.indexOf(c) >= 0;
            if (legal.isEmpty() && later) {
                legal.append('_');
            }
            legal.append(letter || later ? c : '_');
        }
        return legal.isEmpty() ? "_" : legal.substring(0, Math.min(legal.length(), maxLength));
    }
}
