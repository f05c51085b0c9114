package dev.hydra.keys;

import dev.hydra.keys.CapProgress.AccountUse;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The admin API of caps on the use of models. Who may call is decided by a filter before. */
@Path("admin/api/caps")
@Produces(MediaType.APPLICATION_JSON)
public class CapsResource {
    @Inject
    private Caps caps;

    /** @param notices caps that came to their threshold or limit, oldest first */
    public record Listing(List<View> caps, List<Notice> notices) {
    }

    /**
     * A cap with what was used of it.
     *
     * @param cap   its fields, as they are set
     * @param state {@code off}, {@code ok}, {@code near} or {@code reached}
     */
    public record View(String name, Map<String, Object> cap, String state, Instant began, Instant resets, long used, long open, int percent,
            List<AccountUse> accounts) {
        static View of(CapProgress progress) {
            return new View(progress.cap().name(), fields(progress.cap()), progress.state(), progress.began(), progress.resets(),
                    progress.used(), progress.open(), progress.percent(), progress.accounts());
        }
    }

    private static Map<String, Object> fields(Cap cap) {
        Map<String, Object> fields = new LinkedHashMap<>(cap.fields());
        fields.put("limit", cap.limit());
        fields.put("alert", cap.alert());
        fields.put("enabled", cap.enabled());
        return fields;
    }

    /** @param account whose use it is; empty = of all. {@code reached}: whether it is the limit */
    public record Notice(Instant moment, String name, String account, boolean reached, String message) {
    }

    /** @param message why not; missing when a request would be let through */
    public record Check(String model, boolean allowed, Optional<String> message) {
    }

    /** All caps by name. */
    @GET
    public Listing list() {
        return new Listing(caps.progress().stream().map(View::of).toList(), caps.notices().stream()
                .map(notice -> new Notice(notice.moment(), notice.cap().name(), notice.account(), notice.reached(), notice.words()))
                .toList());
    }

    /** Whether a request for a model would be let through now: {@code ?model=gemini-2.5-pro}. */
    @GET
    @Path("check")
    public Response check(@QueryParam("model") String model) throws IOException {
        return BadInput.unless(() -> {
            if (model == null || model.isBlank()) {
                throw InvalidEntry.of("model", "", "a model's name");
            }
            Optional<String> message = caps.check(model);
            return new Check(model, message.isEmpty(), message);
        });
    }

    /** Sets a cap: {@code {"models":"gemini-2.5-pro*","limit":100}} and the other fields of {@link Cap#of}; answers with all. */
    @PUT
    @Path("{name}")
    public Response set(@PathParam("name") String name, InputStream body) throws IOException {
        return BadInput.unless(() -> {
            caps.set(Cap.of(name, texts(BadInput.object(body))));
            return list();
        });
    }

    /** Removes a cap; answers with those left. */
    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        return caps.remove(name) ? Response.ok(list()).build()
                : BadInput.unknown("No cap that was set here is called '" + name + "'.", "name");
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new HashMap<>();
        object.forEach((field, value) -> texts.put(field, value instanceof JsonString text ? text.getString() : scalar(field, value)));
        return texts;
    }

    private static String scalar(String field, JsonValue value) {
        return switch (value.getValueType()) {
            case NUMBER, TRUE, FALSE -> value.toString();
            case STRING, ARRAY, OBJECT, NULL -> throw InvalidEntry.of(field, value.toString(), "a text, a number, true or false");
        };
    }
}
