package dev.hydra.relay;

import dev.hydra.dialect.InvalidRequest;
import dev.hydra.gateway.Records;
import dev.hydra.relay.ObjectBook.Owned;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A list as the caller may see it: its own objects, of whatever project. The provider's own lists would show those of all callers whose keys share a
 * project, so each object is asked for by its name.
 */
final class UnionList {
    private static final int USUAL = 20;
    private static final int LARGEST = 100;

    private final ObjectBook book;
    private final RelayRequest request;
    private final Fetch fetch;

    /** Gets one object's document; empty when the provider has it no more. */
    @FunctionalInterface
    interface Fetch {
        Optional<byte[]> of(RelayRequest request, String name, Records.Record exchange) throws RelayFailure;
    }

    UnionList(ObjectBook book, RelayRequest request, Fetch fetch) {
        this.book = book;
        this.request = request;
        this.fetch = fetch;
    }

    /** One page as Google's document. */
    byte[] page(Records.Record exchange) throws RelayFailure {
        int size = size(request.parameter("pageSize"));
        List<Owned> objects = book.list(request.caller(), request.target(), after(request.parameter("pageToken")), size + 1);
        JsonArrayBuilder list = Json.arrayBuilder();
        for (Owned object : objects.subList(0, Math.min(size, objects.size()))) {
            Optional<byte[]> document = fetch.of(request, object.name(), exchange);
            if (document.isPresent()) {
                try {
                    list.add(Json.object(document.get()));
                } catch (JsonException notJson) {
                    list.add(Json.objectBuilder().add("name", object.name()));
                }
            }
        }
        JsonObjectBuilder page = Json.objectBuilder().add(member(request.target()), list);
        if (objects.size() > size) {
            page.add("nextPageToken", Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(objects.get(size - 1).name().getBytes(StandardCharsets.UTF_8)));
        }
        return Json.bytes(page.build());
    }

    /** Google lists batches as the operations that they are. */
    private static String member(String collection) {
        return collection.equals("batches") ? "operations" : collection;
    }

    private static int size(String text) {
        if (text.isEmpty()) {
            return USUAL;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 0) {
                return size == 0 ? USUAL : Math.min(size, LARGEST);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new InvalidRequest("pageSize", "'pageSize' must be a whole number from 0 to 100.");
    }

    private static String after(String token) {
        try {
            return token.isEmpty() ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("pageToken", "'pageToken' must be one that an earlier page has given.");
        }
    }
}
