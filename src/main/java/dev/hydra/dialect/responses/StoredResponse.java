package dev.hydra.dialect.responses;

import dev.hydra.dialect.Archive;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients may see of a stored exchange besides the response itself. */
public final class StoredResponse {
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private StoredResponse() {
    }

    /**
     * One page of the input's items, as OpenAI's list.
     *
     * @param order {@code asc} or, as is usual, {@code desc}
     * @param after id of the last item of the page before
     * @param limit 1 to 100; 20 when it is none of these
     */
    public static JsonObject inputItems(Archive.Kept kept, @Nullable String order, @Nullable String after, @Nullable String limit) {
        List<JsonObject> items = items(kept);
        if (!"asc".equals(order)) {
            Collections.reverse(items);
        }
        int start = 0;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).getString("id", "").equals(after)) {
                start = i + 1;
            }
        }
        int end = Math.min(items.size(), start + size(limit));
        JsonArrayBuilder data = Json.arrayBuilder();
        items.subList(start, end).forEach(data::add);
        JsonObjectBuilder list = Json.objectBuilder().add("object", "list").add("data", data).add("has_more", end < items.size());
        JsonValue none = JsonValue.NULL;
        list.add("first_id", start < end ? items.get(start).get("id") : none);
        return list.add("last_id", start < end ? items.get(end - 1).get("id") : none).build();
    }

    private static int size(@Nullable String limit) {
        try {
            int size = limit == null ? USUAL_PAGE : Integer.parseInt(limit);
            return size >= 1 && size <= LARGEST_PAGE ? size : USUAL_PAGE;
        } catch (NumberFormatException other) {
            return USUAL_PAGE;
        }
    }

    /** The items in their long form: each has an id and a type, a message's content is a list. */
    private static List<JsonObject> items(Archive.Kept kept) {
        JsonArray said = kept.input() instanceof JsonArray array ? array
                : Json.arrayBuilder().add(Json.objectBuilder().add("role", "user").add("content", kept.input())).build();
        List<JsonObject> items = new ArrayList<>();
        String base = kept.id().substring(kept.id().indexOf('_') + 1);
        for (JsonValue value : said) {
            JsonObject item = value.asJsonObject();
            JsonObjectBuilder whole = Json.objectBuilder(item);
            if (!item.containsKey("id")) {
                whole.add("id", "msg_" + base + "_in" + items.size());
            }
            if (!item.containsKey("type")) {
                whole.add("type", "message");
            }
            if (item.get("content") instanceof JsonString text) {
                String type = item.getString("role", "").equals("assistant") ? "output_text" : "input_text";
                whole.add("content", Json.arrayBuilder().add(Json.objectBuilder().add("type", type).add("text", text.getString())));
            }
            items.add(whole.build());
        }
        return items;
    }
}
