package dev.hydra.access;

import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The admin API of access tokens. Guarded by {@link Access}; no answer but that of a creation holds a token, and none holds a hash. */
@Path("admin/api/tokens")
public class TokensResource {
    private static final Set<String> FIELDS = Set.of("name", "expires", "value");
    private static final int LONGEST_BODY = 16_384;

    @Inject
    private Tokens tokens;
    @Inject
    private Clock clock;

    /** All tokens: {@code {"tokens":[{id, name, state, created, lastUsed, expires, revoked}]}}; times are ISO 8601 or null. */
    @GET
    public Response list() {
        var array = Json.arrayBuilder();
        tokens.list().forEach(token -> array.add(json(token)));
        return answer(200, Json.objectBuilder().add("tokens", array).build());
    }

    /** Makes a token from {@code {name, expires?, value?}} and tells it once, as {@code token}. */
    @POST
    public Response create(byte[] body) {
        try {
            JsonObject wanted = parsed(body);
            NewToken made = tokens.create(text(wanted, "name").orElse(""), text(wanted, "expires").map(TokensResource::moment),
                    text(wanted, "value").map(Secret::of));
            return answer(201, json(made.token()).add("token", made.value().reveal()).build());
        } catch (InvalidField e) {
            return answer(400, error(e.getMessage(), e.field()));
        }
    }

    /** Revokes a token for good. */
    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        return tokens.revoke(id).map(token -> answer(200, json(token).build()))
                .orElseGet(() -> answer(404, error("There is no token with this id.", "id")));
    }

    private JsonObjectBuilder json(Token token) {
        JsonObjectBuilder json = Json.objectBuilder().add("id", token.id()).add("name", token.name())
                .add("state", token.state(clock.instant()).name().toLowerCase(Locale.ROOT)).add("created", token.created().toString());
        add(json, "lastUsed", token.lastUsed());
        add(json, "expires", token.expires());
        add(json, "revoked", token.revoked());
        return json;
    }

    private static void add(JsonObjectBuilder json, String name, Optional<Instant> moment) {
        moment.ifPresentOrElse(value -> json.add(name, value.toString()), () -> json.addNull(name));
    }

    private static JsonObject parsed(byte[] body) {
        if (body.length > LONGEST_BODY) {
            throw new InvalidField("", "The body is too long.");
        }
        JsonObject object;
        try {
            object = Json.object(body);
        } catch (JsonException e) {
            throw new InvalidField("", "The body must be a JSON object with name, and optionally expires and value.");
        }
        List<String> unknown = object.keySet().stream().filter(field -> !FIELDS.contains(field)).toList();
        if (!unknown.isEmpty()) {
            throw new InvalidField(unknown.getFirst(), "is not a field of a token; allowed: name, expires, value");
        }
        return object;
    }

    private static Optional<String> text(JsonObject object, String field) {
        JsonValue value = object.getOrDefault(field, JsonValue.NULL);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw new InvalidField(field, "must be a text");
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidField("expires", "must be a moment such as 2030-01-31T00:00:00Z");
        }
    }

    private static JsonObject error(String message, String field) {
        return Json.objectBuilder().add("error", Json.objectBuilder().add("message", message).add("field", field)).build();
    }

    private static Response answer(int status, JsonObject body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(Json.bytes(body)).build();
    }
}
