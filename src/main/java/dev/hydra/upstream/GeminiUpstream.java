package dev.hydra.upstream;

import dev.hydra.Component;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.wire.HttpCall;
import dev.hydra.wire.Json;
import dev.hydra.wire.Passage;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Gemini API of Google AI Studio. The key goes into a header only, because an address ends up in logs (spec mapping §4.0, defects S27);
 * a model's name cannot change the address (defects S24).
 */
@Component
public final class GeminiUpstream implements Upstream {
    private static final String VERSION = "v1beta";
    private static final String TUNED = "tunedModels/";
    private static final String MODELS = "models/";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String base;

    @Inject
    public GeminiUpstream(Settings settings) {
        String url = settings.gemini().url().toString();
        this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/";
    }

    @Override
    public String id() {
        return "gemini";
    }

    @Override
    public String dialect() {
        return "gemini";
    }

    @Override
    public HttpCall call(String model, boolean streamed, byte[] body, Secret key) {
        return call(model, streamed, body, key, Passage.NONE);
    }

    /** A stream is always asked for as server-sent events: how the client wants it framed is a matter of its dialect. */
    @Override
    public HttpCall call(String model, boolean streamed, byte[] body, Secret key, Passage passage) {
        StringBuilder address = new StringBuilder(128).append(base).append(passage.version().isEmpty() ? VERSION : passage.version())
                .append('/').append(path(model)).append(':');
        address.append(passage.method().isEmpty() ? streamed ? "streamGenerateContent" : "generateContent" : passage.method());
        if (streamed) {
            address.append("?alt=sse");
        }
        if (!passage.query().isEmpty()) {
            address.append(streamed ? '&' : '?').append(passage.query());
        }
        Map<String, String> headers = new HashMap<>(passage.headers());
        headers.put("Content-Type", "application/json");
        headers.put("x-goog-api-key", key.reveal());
        return new HttpCall("POST", URI.create(address.toString()), headers, body);
    }

    /**
     * A call about something other than a model's answer.
     *
     * @param prefix what stands before the target: a version, or {@code upload/} and a version
     * @param target decoded, e.g. {@code files/abc:download}; becomes a path that leads nowhere else
     * @param query  raw; empty = none
     */
    public HttpCall raw(String method, String prefix, String target, String query, Map<String, String> headers, byte[] body, Secret key) {
        StringBuilder address = new StringBuilder(128).append(base).append(prefix);
        for (String segment : target.split("/")) {
            int colon = segment.indexOf(':');
            address.append('/').append(segment(colon < 0 ? segment : segment.substring(0, colon)));
            if (colon >= 0) {
                address.append(':').append(segment(segment.substring(colon + 1)));
            }
        }
        if (!query.isEmpty()) {
            address.append('?').append(query);
        }
        Map<String, String> all = new HashMap<>(headers);
        all.put("x-goog-api-key", key.reveal());
        return new HttpCall(method, URI.create(address.toString()), all, body);
    }

    /**
     * The whole request goes inside {@code generateContentRequest}, because the plain form of {@code countTokens} leaves out the system text and the tools
     * (spec mapping §6.4).
     */
    @Override
    public Optional<HttpCall> count(String model, byte[] request, Secret key) {
        String path = path(model);
        byte[] head = ("{\"generateContentRequest\":{\"model\":" + Json.string(path) + ',').getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + request.length);
        System.arraycopy(request, 1, body, head.length, request.length - 1);
        body[body.length - 1] = '}';
        return Optional.of(new HttpCall("POST", URI.create(base + VERSION + '/' + path + ":countTokens"),
                Map.of("Content-Type", "application/json", "x-goog-api-key", key.reveal()), body));
    }

    @Override
    public Verdict verdict(int status, byte[] body, String model, Instant now, Secret key) {
        if (status >= 200 && status < 400 && !GoogleErrorReader.isError(body)) {
            return new Verdict.Accepted();
        }
        return GeminiFailures.verdict(GoogleErrorReader.read(status, body), now, key);
    }

    @Override
    public JsonArray details(byte[] body, Secret key) {
        return GoogleDetails.of(body, key);
    }

    /** The resource that a model's name means: of the two collections that can generate, or else the name as one segment. */
    private static String path(String model) {
        if (model.startsWith(TUNED)) {
            return TUNED + segment(model.substring(TUNED.length()));
        }
        return MODELS + segment(model.startsWith(MODELS) ? model.substring(MODELS.length()) : model);
    }

    private static String segment(String name) {
        boolean dotsOnly = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!plain(c)) {
                return encoded(name);
            }
            dotsOnly &= c == '.';
        }
        return dotsOnly ? encoded(name) : name;
    }

    /** Points too, so that the segment cannot be one that leads upwards. */
    private static String encoded(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            if (b != '.' && plain((char) (b & 0xff))) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX[(b & 0xf0) >> 4]).append(HEX[b & 0xf]);
            }
        }
        return text.toString();
    }

    private static boolean plain(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == '_';
    }
}
