package dev.hydra.keys;

import dev.hydra.Component;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Asks the provider about a key by listing its models ({@code GET /v1beta/models}, all pages). The key travels in a header only and is in no message.
 * Blocks for up to some ten seconds. Safe for use by many threads.
 */
@Component
public final class KeyCheck implements AutoCloseable {
    private static final int CONNECT_SECONDS = 10;
    private static final int READ_SECONDS = 15;
    private static final int MOST_PAGES = 20;
    private static final int LARGEST_PAGE = 8 * 1024 * 1024;
    private static final int LONGEST_MESSAGE = 300;

    private final Client client;
    private final WebTarget models;

    /** For CDI. */
    @Inject
    public KeyCheck(Settings settings) {
        this(settings.gemini().url());
    }

    /** @param url base address of the provider, without a path */
    public KeyCheck(URI url) {
        client = ClientBuilder.newBuilder()
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                // A redirect would carry the key to another host.
                .property("jersey.config.client.followRedirects", false)
                .build();
        models = client.target(url).path("v1beta/models").queryParam("pageSize", 1000);
    }

    /** Asks. Never throws. */
    public CheckResult check(Secret key) {
        Map<String, ModelEntry> found = new LinkedHashMap<>();
        String page = "";
        try {
            for (int pages = 0; pages < MOST_PAGES; pages++) {
                JsonObject body;
                try (Response response = get(page, key)) {
                    byte[] bytes = bytes(response);
                    if (response.getStatus() != Response.Status.OK.getStatusCode()) {
                        return refusal(response.getStatus(), bytes, key);
                    }
                    body = Json.object(bytes);
                }
                read(body, found);
                String next = text(body, "nextPageToken");
                // A page that names itself as the next one is the last: a proxy that ignores page tokens serves it for ever.
                if (next.isEmpty() || next.equals(page)) {
                    return new CheckResult.Valid(List.copyOf(found.values()));
                }
                page = next;
            }
            return new CheckResult.Unreachable("The list of models has no end.");
        } catch (ProcessingException | IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new CheckResult.Unreachable(models.getUri().getHost() + " cannot be reached: " + cause.getClass().getSimpleName() + ".");
        } catch (IllegalStateException e) {
            return new CheckResult.Unreachable("Nothing was asked, since the application is closing.");
        } catch (JsonException | ClassCastException e) {
            return new CheckResult.Unreachable(models.getUri().getHost() + " answers with something that is not a list of models.");
        }
    }

    private Response get(String page, Secret key) {
        WebTarget target = page.isEmpty() ? models : models.queryParam("pageToken", page);
        return target.request("application/json").header("x-goog-api-key", key.reveal()).get();
    }

    private static byte[] bytes(Response response) throws IOException {
        try (InputStream in = response.readEntity(InputStream.class)) {
            byte[] bytes = in.readNBytes(LARGEST_PAGE + 1);
            if (bytes.length > LARGEST_PAGE) {
                throw new IOException("the page is larger than 8 MiB");
            }
            return bytes;
        }
    }

    private static void read(JsonObject body, Map<String, ModelEntry> found) {
        for (JsonValue value : body.getOrDefault("models", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
            JsonObject model = value.asJsonObject();
            String name = text(model, "name");
            String id = name.startsWith("models/") ? name.substring("models/".length()) : name;
            if (!id.isEmpty() && id.length() <= KeyPool.LONGEST_MODEL_NAME) {
                found.put(id,
                        new ModelEntry(id, text(model, "displayName"), number(model, "inputTokenLimit"), number(model, "outputTokenLimit"),
                                texts(model.getOrDefault("supportedGenerationMethods", JsonValue.EMPTY_JSON_ARRAY).asJsonArray())));
            }
        }
    }

    private static CheckResult refusal(int status, byte[] bytes, Secret key) {
        Optional<JsonObject> error = error(bytes);
        String message = error.map(found -> text(found, "message")).orElse("").replace(key.reveal(), "****");
        message = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        String reason = error.map(KeyCheck::reason).orElse("");
        boolean refused = status == 401 || status == 403 || reason.startsWith("API_KEY");
        if (!refused) {
            return new CheckResult.Unreachable("The provider answers " + status + (message.isEmpty() ? "." : ": " + message));
        }
        return new CheckResult.Invalid(reason.isEmpty() ? status == 401 ? "UNAUTHENTICATED" : "PERMISSION_DENIED" : reason, message);
    }

    /** Google's error object; the body may also be a list with one of them. */
    private static Optional<JsonObject> error(byte[] bytes) {
        try {
            JsonValue body = Json.value(bytes);
            JsonValue first = body instanceof JsonArray array && !array.isEmpty() ? array.get(0) : body;
            return first instanceof JsonObject object && object.get("error") instanceof JsonObject error ? Optional.of(error)
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static String reason(JsonObject error) {
        if (error.get("details") instanceof JsonArray details) {
            for (JsonValue detail : details) {
                if (detail instanceof JsonObject object && object.get("reason") instanceof JsonString reason) {
                    return reason.getString();
                }
            }
        }
        return "";
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static Set<String> texts(JsonArray array) {
        return array.stream().filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    @PreDestroy
    public void close() {
        client.close();
    }
}
