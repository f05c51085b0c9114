package dev.hydra.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client of the Gemini API has put into its query.
 *
 * @param passing raw query that may go on to the provider: no credential, no framing
 * @param events  whether a stream is wanted as server-sent events
 */
record GoogleQuery(String passing, boolean events) {
    /** Credentials, which are ours, and the framing, which is between us and the client: {@code $alt=json;enum-encoding=int} is one, too. */
    private static final Set<String> CREDENTIALS = Set.of("key", "access_token", "oauth_token");
    private static final Set<String> OURS = Set.of("key", "alt", "$alt", "%24alt", "access_token", "oauth_token");
    private static final List<String> HEADERS = List.of("x-goog-api-client", "x-server-timeout", "x-goog-fieldmask", "api-revision");
    private static final String HEX = "0123456789ABCDEF";

    /** @param raw the query as it came; null = none */
    static GoogleQuery of(String raw) {
        if (raw == null) {
            return new GoogleQuery("", false);
        }
        StringBuilder passing = new StringBuilder(raw.length());
        boolean events = false;
        for (String parameter : raw.split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!OURS.contains(name)) {
                append(parameter, passing);
            } else if (name.endsWith("alt")) {
                events |= parameter.startsWith("sse", equals + 1);
            }
        }
        return new GoogleQuery(passing.toString(), events);
    }

    /** The headers that may go on; all others could be a credential, or the hop's own (spec defects S28, S31). */
    static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> passing = new LinkedHashMap<>();
        for (String name : HEADERS) {
            String value = request.getHeader(name);
            if (value != null && isPrintable(value)) {
                passing.put(name, value);
            }
        }
        return passing;
    }

    /** Whether a header's value can go on as it is. */
    static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The query as it may go on where no framing of ours is in the way. @param raw null = none */
    static String withoutCredentials(String raw) {
        StringBuilder passing = new StringBuilder();
        for (String parameter : raw == null ? new String[0] : raw.split("&")) {
            String name = parameter.indexOf('=') < 0 ? parameter : parameter.substring(0, parameter.indexOf('='));
            if (!CREDENTIALS.contains(name)) {
                append(parameter, passing);
            }
        }
        return passing.toString();
    }

    /** Servers take queries that are no URIs, e.g. with a bare {@code |}. */
    private static void append(String parameter, StringBuilder to) {
        if (parameter.isEmpty()) {
            return;
        }
        if (!to.isEmpty()) {
            to.append('&');
        }
        byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean legal = c == '%' ? isEscape(bytes, i)
                    : c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~!$'()*+,;=:@/?".indexOf(c) >= 0;
            if (legal) {
                to.append(c);
            } else {
                to.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length && Character.digit(bytes[at + 1], 16) >= 0 && Character.digit(bytes[at + 2], 16) >= 0;
    }
}
