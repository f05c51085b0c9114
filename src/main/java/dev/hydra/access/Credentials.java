package dev.hydra.access;

import dev.hydra.secret.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Finds credentials in a request, in every form that clients send (spec clients §1 rule 8). */
final class Credentials {
    private static final List<String> KEY_HEADERS = List.of("x-api-key", "x-goog-api-key", "api-key");

    private Credentials() {
    }

    /** Everything that could be a token, in the order bearer, key headers, {@code ?key=}; empty when there is nothing. */
    static List<Secret> tokens(HttpServletRequest request) {
        List<Secret> found = new ArrayList<>(2);
        bearer(request).ifPresent(found::add);
        for (String header : KEY_HEADERS) {
            String value = request.getHeader(header);
            if (value != null && !value.isBlank()) {
                found.add(Secret.of(value.strip()));
            }
        }
        String query = request.getQueryString();
        if (query != null) {
            queryKey(query).ifPresent(found::add);
        }
        return found;
    }

    /** The text after {@code Bearer}. */
    static Optional<Secret> bearer(HttpServletRequest request) {
        return afterScheme(request, "Bearer").map(Secret::of);
    }

    /** The password of HTTP Basic; the user name does not matter. Empty also when it is malformed. */
    static Optional<Secret> basicPassword(HttpServletRequest request) {
        return afterScheme(request, "Basic").flatMap(encoded -> {
            try {
                String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0 ? Optional.empty() : Optional.of(Secret.of(pair.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> afterScheme(HttpServletRequest request, String scheme) {
        String value = request.getHeader("Authorization");
        int length = scheme.length();
        if (value == null || value.length() <= length || value.charAt(length) != ' ' || !value.regionMatches(true, 0, scheme, 0, length)) {
            return Optional.empty();
        }
        String rest = value.substring(length + 1).strip();
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    /** Read from the raw query: {@code getParameter} would swallow the body of a form. */
    private static Optional<Secret> queryKey(String query) {
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            int stop = end < 0 ? query.length() : end;
            if (query.startsWith("key=", start) && stop > start + 4) {
                return percentDecoded(query.substring(start + 4, stop));
            }
            start = stop + 1;
        }
        return Optional.empty();
    }

    private static Optional<Secret> percentDecoded(String value) {
        try {
            return Optional.of(Secret.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
