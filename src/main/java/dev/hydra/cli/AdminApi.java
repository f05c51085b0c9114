package dev.hydra.cli;

import dev.hydra.access.NewToken;
import dev.hydra.access.RunningServer;
import dev.hydra.access.Token;
import dev.hydra.keys.Attention;
import dev.hydra.keys.Cap;
import dev.hydra.keys.CapProgress;
import dev.hydra.keys.CapProgress.AccountUse;
import dev.hydra.keys.CheckResult;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.KeyList.Problem;
import dev.hydra.keys.Keys;
import dev.hydra.keys.ModelEntry;
import dev.hydra.keys.NewKey;
import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A running server, by its admin API. */
final class AdminApi implements Backend {
    private static final String JSON = "application/json";

    private final Client client;
    private final WebTarget target;
    private final String authorization;

    private AdminApi(URI address, String authorization) {
        client = ClientBuilder.newBuilder().connectTimeout(5, TimeUnit.SECONDS).readTimeout(120, TimeUnit.SECONDS)
                // A redirect would carry the credential to another host.
                .property("jersey.config.client.followRedirects", false)
                .build();
        target = client.target(address);
        this.authorization = authorization;
    }

    /** A server on this machine. */
    static AdminApi of(RunningServer server) {
        return new AdminApi(server.address(), "Bearer " + server.credential().reveal());
    }

    /** A server anywhere. */
    static AdminApi signedIn(URI address, Secret password) {
        String pair = Base64.getEncoder().encodeToString(("admin:" + password.reveal()).getBytes(StandardCharsets.UTF_8));
        return new AdminApi(address, "Basic " + pair);
    }

    /** Whether a Hydra is there: the file of one that was killed may name a port or process that somebody else has now. */
    boolean answers() {
        try (Response response = target.path("health").request(JSON).get()) {
            return response.getStatus() == 200;
        } catch (ProcessingException e) {
            close();
            return false;
        }
    }

    @Override
    public JsonObject status() {
        return Json.objectBuilder(call("GET", "status", Optional.empty())).add("running", true).add("address", target.getUri().toString())
                .add("cluster", call("GET", "cluster", Optional.empty())).build();
    }

    @Override
    public List<Token> tokens() {
        return call("GET", "tokens", Optional.empty()).getJsonArray("tokens").stream().map(value -> token(value.asJsonObject())).toList();
    }

    @Override
    public NewToken createToken(String name, Optional<Instant> expires, Optional<Secret> own) {
        JsonObjectBuilder body = Json.objectBuilder().add("name", name);
        expires.ifPresent(moment -> body.add("expires", moment.toString()));
        own.ifPresent(value -> body.add("value", value.reveal()));
        JsonObject made = call("POST", "tokens", Optional.of(body.build()));
        return new NewToken(token(made), Secret.of(made.getString("token")));
    }

    @Override
    public void revokeToken(String id) {
        call("DELETE", "tokens/" + id, Optional.empty());
    }

    @Override
    public List<KeyEntry> keys() {
        return entries(call("GET", "keys", Optional.empty()), "keys");
    }

    @Override
    public Keys.Added addKeys(List<NewKey> keys) {
        Set<String> stored = keys().stream().map(KeyEntry::id).collect(Collectors.toSet());
        List<Problem> problems = new ArrayList<>();
        JsonArrayBuilder array = Json.arrayBuilder();
        List<NewKey> sent = new ArrayList<>();
        for (NewKey key : keys) {
            String id = Fingerprint.of(key.secret()).value();
            if (stored.contains(id)) {
                problems.add(new Problem(key.entry(), "api_key", "is there already: key " + id + "."));
            } else {
                array.add(Json.objectBuilder().add("api_key", key.secret().reveal()).add("email", key.email())
                        .add("project_id", key.project())
                        .add("tier", key.tier().name().toLowerCase(Locale.ROOT)));
                sent.add(key);
            }
        }
        if (sent.isEmpty()) {
            return new Keys.Added(List.of(), problems);
        }
        JsonObject answer = call("POST", "keys", Optional.of(Json.objectBuilder().add("keys", array).build()));
        answer.getJsonArray("problems").forEach(value -> problems.add(problem(value.asJsonObject(), sent)));
        return new Keys.Added(entries(answer, "added"), problems);
    }

    /** The server counts what was sent to it; the operator counts what was typed. */
    private static Problem problem(JsonObject json, List<NewKey> sent) {
        int number = json.getInt("entry", 0);
        int entry = number >= 1 && number <= sent.size() ? sent.get(number - 1).entry() : 0;
        return new Problem(entry, json.getString("field", ""), json.getString("message", ""));
    }

    @Override
    public void removeKey(String id) {
        call("DELETE", "keys/" + id, Optional.empty());
    }

    @Override
    public CheckResult verifyKey(String id) {
        JsonObject answer = call("POST", "keys/" + id + "/verify", Optional.empty());
        return switch (answer.getString("result")) {
            case "valid" -> new CheckResult.Valid(answer.getJsonArray("models").getValuesAs(JsonString.class).stream()
                    .map(model -> new ModelEntry(model.getString(), "", 0, 0, Set.of())).toList());
            case "invalid" -> new CheckResult.Invalid(answer.getString("reason", ""), answer.getString("message", ""));
            default -> new CheckResult.Unreachable(answer.getString("message", ""));
        };
    }

    @Override
    public SortedMap<String, List<String>> aliases() {
        SortedMap<String, List<String>> aliases = new TreeMap<>();
        call("GET", "aliases", Optional.empty()).getJsonObject("aliases")
                .forEach((name, models) -> aliases.put(name, models.asJsonArray().getValuesAs(JsonString::getString)));
        return aliases;
    }

    @Override
    public void setAlias(String name, List<String> models) {
        JsonArrayBuilder array = Json.arrayBuilder();
        models.forEach(array::add);
        call("PUT", "aliases/" + segment(name), Optional.of(Json.objectBuilder().add("models", array).build()));
    }

    @Override
    public void removeAlias(String name) {
        call("DELETE", "aliases/" + segment(name), Optional.empty());
    }

    @Override
    public SortedMap<String, SortedSet<String>> quotaGroups() {
        SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
        call("GET", "quota-groups", Optional.empty()).getJsonObject("groups").forEach((name, models) -> groups.put(name,
                new TreeSet<>(models.asJsonArray().getValuesAs(JsonString::getString))));
        return groups;
    }

    @Override
    public void addToQuotaGroup(String name, List<String> models) {
        JsonArrayBuilder array = Json.arrayBuilder();
        models.forEach(array::add);
        call("PUT", "quota-groups/" + segment(name), Optional.of(Json.objectBuilder().add("models", array).build()));
    }

    @Override
    public void removeQuotaGroup(String name) {
        call("DELETE", "quota-groups/" + segment(name), Optional.empty());
    }

    @Override
    public List<Attention.Item> attention() {
        return call("GET", "attention", Optional.empty()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> new Attention.Item(Attention.Kind.valueOf(item.getString("kind")), item.getString("subject"),
                        item.getString("reason"), moment(item, "until")))
                .toList();
    }

    @Override
    public List<CapProgress> caps() {
        return call("GET", "caps", Optional.empty()).getJsonArray("caps").stream().map(value -> cap(value.asJsonObject())).toList();
    }

    private static CapProgress cap(JsonObject json) {
        Map<String, String> fields = new HashMap<>();
        json.getJsonObject("cap")
                .forEach((field, value) -> fields.put(field, value instanceof JsonString text ? text.getString() : value.toString()));
        List<AccountUse> accounts = json.getJsonArray("accounts").getValuesAs(JsonObject.class).stream()
                .map(use -> new AccountUse(use.getString("account"), use.getJsonNumber("used").longValue(), use.getInt("percent")))
                .toList();
        return new CapProgress(Cap.of(json.getString("name"), fields), Instant.parse(json.getString("began")),
                Instant.parse(json.getString("resets")), json.getJsonNumber("used").longValue(), json.getJsonNumber("open").longValue(),
                json.getInt("percent"), accounts);
    }

    @Override
    public void setCap(Cap cap) {
        JsonObjectBuilder fields = Json.objectBuilder();
        cap.fields().forEach(fields::add);
        call("PUT", "caps/" + segment(cap.name()), Optional.of(fields.build()));
    }

    @Override
    public void removeCap(String name) {
        call("DELETE", "caps/" + segment(name), Optional.empty());
    }

    /** A name as one segment of a path. */
    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Keys.Reset resetPool() {
        JsonObject answer = call("POST", "pool/reset", Optional.empty());
        return new Keys.Reset(answer.getInt("rests"), answer.getInt("pauses"), answer.getInt("counters"), answer.getInt("enabled"));
    }

    private static List<KeyEntry> entries(JsonObject answer, String name) {
        return answer.getJsonArray(name).stream().map(value -> key(value.asJsonObject())).toList();
    }

    private static KeyEntry key(JsonObject json) {
        return new KeyEntry(json.getString("id"), json.getString("hint", ""), json.getString("email", ""), json.getString("project", ""),
                json.getString("bucket", ""), json.getString("tier", ""), json.getString("source", ""), json.getString("status", ""),
                json.getString("reason", ""), moment(json, "until"), json.getInt("models", 0), json.getInt("failures", 0),
                json.getInt("inFlight", 0),
                moment(json, "created").orElse(Instant.EPOCH), moment(json, "checked"));
    }

    /** @throws CommandFailed with the server's own words when it refuses */
    JsonObject call(String method, String path, Optional<JsonObject> body) {
        var request = target.path("admin/api").path(path).request(JSON).header("Authorization", authorization);
        try (Response response = body.isPresent() ? request.method(method, Entity.entity(Json.bytes(body.get()), JSON))
                : request.method(method)) {
            byte[] answer = response.readEntity(byte[].class);
            JsonObject json = answer.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : Json.object(answer);
            if (response.getStatus() >= 300) {
                throw new CommandFailed(refusal(response.getStatus(), json));
            }
            return json;
        } catch (ProcessingException e) {
            throw new CommandFailed(target.getUri() + " cannot be reached: " + (e.getCause() == null ? e : e.getCause()).getMessage());
        } catch (JsonException e) {
            throw new CommandFailed(target.getUri() + " does not answer like a Hydra.");
        }
    }

    private static String refusal(int status, JsonObject answer) {
        if (answer.get("error") instanceof JsonObject error && error.get("message") instanceof JsonString message) {
            String field = error.getString("field", "");
            return field.isEmpty() ? message.getString() : field + ": " + message.getString();
        }
        return "The server refuses with status " + status + ".";
    }

    private static Token token(JsonObject json) {
        return new Token(json.getString("id"), json.getString("name"), Instant.parse(json.getString("created")), moment(json, "lastUsed"),
                moment(json, "expires"), moment(json, "revoked"));
    }

    private static Optional<Instant> moment(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? Optional.of(Instant.parse(text.getString())) : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }
}
