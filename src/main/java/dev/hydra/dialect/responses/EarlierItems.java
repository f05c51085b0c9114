package dev.hydra.dialect.responses;

import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Archive.Kept;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.InvalidRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a request names instead of sending it: an earlier response, or single items of one. Each is looked up once. */
final class EarlierItems {
    private final Archive archive;
    private final Map<String, Optional<Kept>> found = new HashMap<>();

    EarlierItems(Archive archive) {
        this.archive = archive;
    }

    /** Everything that was said up to and in a response. @throws InvalidRequest when it is not known */
    List<Field> before(Field previous) {
        if (!previous.present()) {
            return List.of();
        }
        String id = previous.text();
        List<Kept> chain = ask(previous, () -> archive.chain(id));
        if (chain.isEmpty()) {
            throw new InvalidRequest(Kind.NOT_FOUND, previous.path(), "Previous response with id '" + shortened(id) + "' not found.");
        }
        List<Field> items = new ArrayList<>();
        for (Kept kept : chain) {
            items.add(Field.at(previous.path() + ".input", kept.input()));
            items.add(Field.at(previous.path() + ".output", output(kept)));
        }
        return items;
    }

    /**
     * The item that a reference names, with what its neighbours carry for it.
     *
     * @throws InvalidRequest when it is not known
     */
    List<Field> find(Field id) {
        String name = id.text();
        Optional<Kept> kept = ItemIds.response(name).flatMap(response -> found.computeIfAbsent(response,
                key -> ask(id, () -> archive.find(key))));
        List<Field> items = new ArrayList<>();
        kept.ifPresent(known -> collect(name, id.path(), output(known), items));
        if (items.isEmpty()) {
            throw new InvalidRequest(Kind.NOT_FOUND, id.path(), "Item with id '" + shortened(name)
                    + "' not found: items of responses that were not stored, were deleted or have expired must be sent in full.");
        }
        return items;
    }

    private static void collect(String name, String path, JsonArray output, List<Field> items) {
        for (int i = 0; i < output.size(); i++) {
            if (!(output.get(i) instanceof JsonObject item) || !item.getString("id", "").equals(name)) {
                continue;
            }
            if (i > 0 && carries(output.get(i - 1), Carrier.Place.NEXT)) {
                items.add(Field.at(path, output.get(i - 1)));
            }
            items.add(Field.at(path, item));
            if (i + 1 < output.size() && carries(output.get(i + 1), Carrier.Place.PREVIOUS)) {
                items.add(Field.at(path, output.get(i + 1)));
            }
        }
    }

    private static boolean carries(JsonValue item, Carrier.Place place) {
        return item instanceof JsonObject object
                && Carrier.read(object.getString("encrypted_content", "")).filter(carrier -> carrier.place() == place).isPresent();
    }

    private static JsonArray output(Kept kept) {
        return kept.full() instanceof JsonArray full ? full : kept.reply().getJsonArray("output");
    }

    private static <T> T ask(Field name, Supplier<T> question) {
        try {
            return question.get();
        } catch (Archive.Unavailable e) {
            throw new InvalidRequest(Kind.UNAVAILABLE, name.path(), "Stored responses cannot be read at the moment; try again.");
        }
    }

    private static String shortened(String id) {
        return id.length() > 80 ? id.substring(0, 80) + "…" : id;
    }
}
