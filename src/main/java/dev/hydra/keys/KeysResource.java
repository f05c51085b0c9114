package dev.hydra.keys;

import dev.hydra.keys.KeyList.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The admin API of keys. No answer holds a key; at most its last four characters. Who may call is decided by a filter before. */
@Path("admin/api/keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
    /** As many keys are checked before the answer; more in the background. */
    private static final int MOST_CHECKED_AT_ONCE = 25;
    private static final int LARGEST_BODY = 8 * 1024 * 1024;

    @Inject
    private Keys keys;
    @Inject
    private Background background;

    /** All keys. */
    public record Listing(List<KeyEntry> keys) {
    }

    /**
     * @param problems entries that were not taken
     * @param notes    what is worth knowing of those that were
     * @param checked  whether the keys were checked already; else that goes on in the background
     */
    public record Addition(List<KeyEntry> added, List<Problem> problems, List<Problem> notes, boolean checked) {
    }

    /** @param result {@code valid}, {@code invalid} or {@code unreachable} */
    public record Verification(String id, String result, String reason, String message, List<String> models) {
    }

    /** @param removed the key as it was */
    public record Removal(KeyEntry removed) {
    }

    /** {@code {"keys":[…]}} in the operator's order. */
    @GET
    public Listing list() {
        return new Listing(keys.list());
    }

    /**
     * Adds keys: the format of {@code keys.json}, {@code {"keys": …}} around it or around pasted text, or plain text with one key a word. Good ones are taken
     * whatever the others are; a 400 when none was good.
     */
    @POST
    public Response add(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            return BadInput.response("The list of keys is larger than " + LARGEST_BODY + " bytes; send it in parts.", "keys");
        }
        KeyList list = KeyList.parse(bytes);
        Keys.Added added = keys.add(list, "api");
        if (added.keys().isEmpty()) {
            Optional<Problem> first = added.problems().stream().findFirst();
            return BadInput.response(
                    first.map(Problem::toString)
                            .orElse("There is no key in the request. Send text with one key a word, or the list of a keys.json."),
                    first.map(Problem::field).filter(field -> !field.isEmpty()).orElse("keys"));
        }
        List<String> ids = added.keys().stream().map(KeyEntry::id).toList();
        boolean checked = ids.size() <= MOST_CHECKED_AT_ONCE;
        if (checked) {
            keys.verifyAll(ids);
        } else {
            background.run("The check of new keys", () -> keys.verifyAll(ids));
        }
        return Response.status(Response.Status.CREATED)
                .entity(new Addition(ids.stream().map(keys::find).toList(), added.problems(), list.notes(), checked)).build();
    }

    /** Removes the key with this id, or with a unique part of it. One from a file or the environment stays away until its source changes. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        try {
            return Response.ok(new Removal(keys.remove(id))).build();
        } catch (UnknownKey e) {
            return BadInput.unknown(e, "id");
        }
    }

    /** Asks the provider about a key: accepted, it is enabled; refused, it is disabled. */
    @POST
    @Path("{id}/verify")
    public Response verify(@PathParam("id") String id) {
        try {
            String found = keys.find(id).id();
            return Response.ok(switch (keys.verify(found)) {
                case CheckResult.Valid valid ->
                    new Verification(found, "valid", "", "", valid.models().stream().map(ModelEntry::id).toList());
                case CheckResult.Invalid invalid -> new Verification(found, "invalid", invalid.reason(), invalid.message(), List.of());
                case CheckResult.Unreachable unreachable -> new Verification(found, "unreachable", "", unreachable.message(), List.of());
            }).build();
        } catch (UnknownKey e) {
            return BadInput.unknown(e, "id");
        }
    }
}
