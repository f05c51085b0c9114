package dev.hydra.api;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;

/** Models in the shape that Anthropic's clients read (spec mapping §6.5). */
final class AnthropicModels {
    private AnthropicModels() {
    }

    /** All in one page. @param created seconds since 1970, told for each */
    static JsonObject list(List<String> ids, long created) {
        JsonArrayBuilder data = Json.arrayBuilder();
        ids.forEach(id -> data.add(model(id, created)));
        JsonObjectBuilder list = Json.objectBuilder().add("data", data).add("has_more", false);
        if (ids.isEmpty()) {
            return list.addNull("first_id").addNull("last_id").build();
        }
        return list.add("first_id", ids.getFirst()).add("last_id", ids.getLast()).build();
    }

    static JsonObject model(String id, long created) {
        return Json.objectBuilder().add("type", "model").add("id", id).add("display_name", id)
                .add("created_at", Instant.ofEpochSecond(created).toString()).build();
    }
}
