package dev.hydra.api;

import dev.hydra.gateway.Models.Entry;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list of models in Gemini's shape. A page's token names the last model of the page before, so that a list which changes meanwhile neither
 * repeats nor loses one.
 *
 * @param next token of the next page; empty when there is none
 */
record ModelPage(List<Entry> models, String next) {
    private static final int USUAL = 50;
    private static final int LARGEST = 1000;

    /**
     * @param all   ordered by id
     * @param size  null or empty = 50; more than 1,000 are 1,000, as Google does it
     * @throws IllegalArgumentException naming the parameter that is wrong
     */
    static ModelPage of(List<Entry> all, @Nullable String size, @Nullable String token) {
        String last = token == null || token.isEmpty() ? "" : decoded(token);
        List<Entry> rest = all.stream().filter(model -> model.id().compareTo(last) > 0).toList();
        int most = size == null || size.isEmpty() ? USUAL : size(size);
        return rest.size() <= most ? new ModelPage(rest, "")
                : new ModelPage(rest.subList(0, most), encoded(rest.get(most - 1).id()));
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size >= 0) {
                return size == 0 ? USUAL : Math.min(size, LARGEST);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException("'pageSize' must be a whole number from 0 to 1000.");
    }

    private static String encoded(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'pageToken' must be one that an earlier page has given.", e);
        }
    }

    Response response() {
        JsonArrayBuilder list = Json.arrayBuilder();
        models.forEach(model -> list.add(document(model)));
        JsonObjectBuilder page = Json.objectBuilder().add("models", list);
        if (!next.isEmpty()) {
            page.add("nextPageToken", next);
        }
        return json(page.build());
    }

    /** The answer about one model. */
    static Response response(Entry model) {
        return json(document(model));
    }

    private static JsonObject document(Entry model) {
        JsonArrayBuilder methods = Json.arrayBuilder();
        model.methods().forEach(methods::add);
        JsonObjectBuilder document = Json.objectBuilder().add("name", "models/" + model.id());
        if (!model.displayName().isEmpty()) {
            document.add("displayName", model.displayName());
        }
        if (model.inputTokenLimit() > 0) {
            document.add("inputTokenLimit", model.inputTokenLimit());
        }
        if (model.outputTokenLimit() > 0) {
            document.add("outputTokenLimit", model.outputTokenLimit());
        }
        return document.add("supportedGenerationMethods", methods).build();
    }

    private static Response json(JsonObject body) {
        return Response.ok(Json.bytes(body), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
