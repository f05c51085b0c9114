package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a project keeps with the provider: files by the resumable upload, their download, and objects that are made by a POST to their collection. Another
 * project's objects are refused in the words of sample R.
 */
final class StoredObjects {
    private static final Set<String> MADE = Set.of("cachedContents", "batches", "interactions", "fileSearchStores");
    private static final String TYPE = "application/json; charset=UTF-8";

    private final Callers callers;
    private final Delivery delivery;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();

    StoredObjects(Callers callers, Delivery delivery) {
        this.callers = callers;
        this.delivery = delivery;
    }

    private record Upload(String project, JsonObject file, String type, ByteArrayOutputStream bytes) {
    }

    private record Stored(String project, JsonObject document, byte[] bytes) {
    }

    /** A path behind its version. */
    private record Place(boolean upload, String version, String target) {
        static Optional<Place> of(String path) {
            boolean upload = path.startsWith("/upload/");
            String rest = path.substring(upload ? "/upload/".length() : 1);
            int slash = rest.indexOf('/');
            return slash < 0 ? Optional.empty() : Optional.of(new Place(upload, rest.substring(0, slash), rest.substring(slash + 1)));
        }

        String collection() {
            int end = target.indexOf('/');
            return end < 0 ? target : target.substring(0, end);
        }
    }

    /** Answers when the path is one of these. @return false when it is not */
    boolean answers(RecordedRequest request, HttpReply reply) throws IOException {
        Optional<Place> found = Place.of(request.path());
        if (found.isEmpty() || !found.get().collection().equals("files") && !MADE.contains(found.get().collection())) {
            return false;
        }
        Place place = found.get();
        String key = Callers.key(request);
        String project = callers.project(key).map(SimulatedProject::number).orElse("0");
        Optional<ApiError> refusal = callers.refuse(request, key,
                new Refusal.Circumstances(key, project, "", place.version(), place.target()));
        if (refusal.isPresent()) {
            delivery.refuse(reply, refusal.get(), Delivery.Shape.WHOLE);
        } else if (place.upload()) {
            upload(request, reply, project);
        } else {
            answer(place, request, reply, project);
        }
        return true;
    }

    private void upload(RecordedRequest request, HttpReply reply, String project) throws IOException {
        Optional<String> session = request.parameter("upload_id");
        String command = request.header("x-goog-upload-command").orElse("");
        if (session.isEmpty() && command.contains("start")) {
            String id = "up-" + ids.incrementAndGet();
            uploads.put(id, new Upload(project, described(request), request.header("x-goog-upload-header-content-type").orElse(""),
                    new ByteArrayOutputStream()));
            reply.head(200, Map.of("Content-Length", "0", "X-Goog-Upload-Status", "active", "X-Goog-Upload-URL", "http://"
                    + request.header("host").orElse("localhost") + request.path() + "?upload_id=" + id + "&upload_protocol=resumable"));
            reply.flush();
            return;
        }
        Upload upload = session.map(uploads::get).orElse(null);
        if (upload == null || !upload.project().equals(project)) {
            delivery.refuse(reply, ApiError.of(404, "NOT_FOUND", "Upload not found."), Delivery.Shape.WHOLE);
            return;
        }
        upload.bytes().write(request.body());
        byte[] document = command.contains("finalize") ? Json.bytes(stored(upload, request.header("host").orElse(""))) : new byte[0];
        reply.head(200, Map.of("Content-Length", Integer.toString(document.length), "Content-Type", TYPE, "X-Goog-Upload-Status",
                command.contains("finalize") ? "final" : "active"));
        reply.verbatim(document);
        reply.flush();
    }

    private static JsonObject described(RecordedRequest request) {
        try {
            return JsonText.object(request.json(), "file");
        } catch (JsonException none) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private JsonObject stored(Upload upload, String host) {
        String name = "files/f" + ids.incrementAndGet();
        String type = upload.type().isEmpty() ? upload.file().getString("mimeType", "application/octet-stream") : upload.type();
        Instant now = Instant.now();
        JsonObject file = Json.objectBuilder().add("name", name).add("displayName", upload.file().getString("displayName", ""))
                .add("mimeType", type).add("sizeBytes", Integer.toString(upload.bytes().size())).add("createTime", now.toString())
                .add("expirationTime", now.plusSeconds(48 * 3600).toString()).add("uri", "http://" + host + "/v1beta/" + name)
                .add("state", "ACTIVE").build();
        objects.put(name, new Stored(upload.project(), file, upload.bytes().toByteArray()));
        return Json.objectBuilder().add("file", file).build();
    }

    private void answer(Place place, RecordedRequest request, HttpReply reply, String project) throws IOException {
        String target = place.target();
        if (target.equals(place.collection())) {
            collection(target, request, reply, project);
            return;
        }
        boolean download = target.endsWith(":download");
        String name = download ? target.substring(0, target.length() - ":download".length()) : target;
        Stored object = objects.get(name);
        if (object == null || !object.project().equals(project)) {
            delivery.refuse(reply, ApiError.of(403, "PERMISSION_DENIED", "You do not have permission to access the File "
                    + name.substring(name.indexOf('/') + 1) + " or it may not exist."), Delivery.Shape.WHOLE);
        } else if (download) {
            reply.whole(200, object.document().getString("mimeType", "application/octet-stream"), object.bytes());
        } else if (request.method().equals("DELETE")) {
            objects.remove(name);
            reply.whole(200, TYPE, Json.bytes(JsonValue.EMPTY_JSON_OBJECT));
        } else {
            reply.whole(200, TYPE, Json.bytes(object.document()));
        }
    }

    private void collection(String collection, RecordedRequest request, HttpReply reply, String project) throws IOException {
        if (request.method().equals("POST")) {
            String id = "o" + ids.incrementAndGet();
            String name = collection + '/' + id;
            JsonObjectBuilder made = Json.objectBuilder(request.json());
            JsonObject document = made.add(collection.equals("interactions") ? "id" : "name", collection.equals("interactions") ? id : name)
                    .build();
            objects.put(name, new Stored(project, document, new byte[0]));
            reply.whole(200, TYPE, Json.bytes(document));
            return;
        }
        JsonArrayBuilder list = Json.arrayBuilder();
        objects.forEach((name, object) -> {
            if (name.startsWith(collection + '/') && object.project().equals(project)) {
                list.add(object.document());
            }
        });
        reply.whole(200, TYPE, Json.bytes(Json.objectBuilder().add(collection, list).build()));
    }
}
