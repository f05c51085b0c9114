package dev.hydra.keys;

import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** The admin API of aliases and quota groups. Who may call is decided by a filter before. */
@Path("admin/api")
@Produces(MediaType.APPLICATION_JSON)
public class NamesResource {
    @Inject
    private ModelNames names;

    /** @param aliases models by name, in the order in which they are tried; without the built-in ones */
    public record Aliases(SortedMap<String, List<String>> aliases) {
    }

    /** @param groups models by the group's name */
    public record Groups(SortedMap<String, SortedSet<String>> groups) {
    }

    /** Aliases that were set. */
    @GET
    @Path("aliases")
    public Aliases aliases() {
        return new Aliases(names.aliases());
    }

    /** Sets an alias: {@code {"model":"gemini-2.5-pro"}}, or {@code {"models":["a","b"]}} for several that are tried in this order; answers with all. */
    @PUT
    @Path("aliases/{name}")
    public Response setAlias(@PathParam("name") String name, InputStream body) throws IOException {
        return BadInput.unless(() -> {
            JsonObject object = BadInput.object(body);
            names.setAlias(name, object.containsKey("models") ? texts(object, "models") : List.of(text(object, "model")));
            return aliases();
        });
    }

    /** Removes an alias; answers with those left. */
    @DELETE
    @Path("aliases/{name}")
    public Response removeAlias(@PathParam("name") String name) {
        return names.removeAlias(name) ? Response.ok(aliases()).build()
                : BadInput.unknown("No alias that was set here is called '" + name + "'.", "name");
    }

    /** The quota groups. */
    @GET
    @Path("quota-groups")
    public Groups groups() {
        return new Groups(names.groups());
    }

    /** Puts models into a group: {@code {"models":["a","b"]}}; answers with all groups. */
    @PUT
    @Path("quota-groups/{name}")
    public Response addToGroup(@PathParam("name") String name, InputStream body) throws IOException {
        return BadInput.unless(() -> {
            names.addToGroup(name, texts(BadInput.object(body), "models"));
            return groups();
        });
    }

    /** Ends a group; answers with those left. */
    @DELETE
    @Path("quota-groups/{name}")
    public Response removeGroup(@PathParam("name") String name) {
        return names.removeGroup(name) ? Response.ok(groups()).build()
                : BadInput.unknown("No quota group that was set here is called '" + name + "'.", "name");
    }

    private static String text(JsonObject object, String field) {
        return object.get(field) instanceof JsonString text ? text.getString() : refuse(object, field, "a model's name");
    }

    private static List<String> texts(JsonObject object, String field) {
        if (!(object.get(field) instanceof JsonArray array) || !array.stream().allMatch(JsonString.class::isInstance)) {
            refuse(object, field, "a list of models' names");
            return List.of();
        }
        return array.getValuesAs(JsonString::getString);
    }

    private static String refuse(JsonObject object, String field, String allowed) {
        JsonValue value = object.getOrDefault(field, JsonValue.NULL);
        throw new InvalidEntry(field, field + ": " + RestRow.cut(value.toString(), 200) + " is not allowed; allowed: " + allowed);
    }
}
