package dev.hydra.demo;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request as the simulated API received it.
 *
 * @param method  HTTP method, upper case
 * @param path    path without query, percent-encoding kept
 * @param query   query without the question mark, empty when there is none
 * @param headers names in lower case; repeated headers are joined with a comma
 * @param body    the body's bytes after transfer decoding, empty when there is none; not copied
 */
public record RecordedRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {

    /** The header's value; the name's case does not matter. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(HttpConnection.lowerCase(name)));
    }

    /** The query parameter's value as sent (not percent-decoded), empty when it is absent. */
    public Optional<String> parameter(String name) {
        int at = 0;
        while (at < query.length()) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            if (query.startsWith(name, at) && at + name.length() < end && query.charAt(at + name.length()) == '=') {
                return Optional.of(query.substring(at + name.length() + 1, end));
            }
            at = end + 1;
        }
        return Optional.empty();
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as a JSON object.
     *
     * @throws jakarta.json.JsonException when it is something else
     */
    public JsonObject json() {
        return JsonText.parse(body);
    }
}
