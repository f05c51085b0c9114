package dev.hydra.dialect.images;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Part.Source;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.FormBody;
import dev.hydra.dialect.Ignored;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a wish for new or changed pictures. */
final class ImageRequestReader {
    private static final int MOST_COPIES = 10;
    private static final int MOST_PICTURES = 16;
    /** Carried, or asking for what happens anyway. */
    private static final Set<String> KNOWN = Set.of("model", "prompt", "n", "size", "quality", "response_format", "stream", "image",
            "images",
            "mask");
    private static final String MASK = " The last picture is a mask: change the first one only where the mask is transparent.";

    private final Field body;
    private final Ignored ignored = new Ignored();

    private ImageRequestReader(Field body) {
        this.body = body;
    }

    /** @param edit whether pictures to change must be there */
    static ImageRequest read(Field body, boolean edit) {
        return new ImageRequestReader(body).read(edit);
    }

    private ImageRequest read(boolean edit) {
        body.names().stream().filter(name -> !KNOWN.contains(name)).forEach(name -> ignored.addIfSaid(name, body.get(name).value()));
        List<Part> parts = edit ? pictures() : new ArrayList<>();
        String prompt = body.get("prompt").text();
        if (prompt.isBlank()) {
            throw body.get("prompt").invalid("must not be empty");
        }
        parts.add(new Part.Text(edit && body.get("mask").present() ? prompt + MASK : prompt));
        Options unset = Options.UNSET;
        Options options = new Options(unset.sampling(), unset.thinking(), unset.format(), unset.maxTokens(), unset.stop(), 1,
                unset.topLogprobs(), unset.parallelCalls(), List.of("text", "image"), "", "", google());
        Conversation conversation = new Conversation(List.of(), List.of(new Turn(Turn.Role.USER, List.copyOf(parts))), List.of(),
                ToolChoice.UNSET, options);
        return new ImageRequest(conversation, ignored.paths(), copies(), asUrl(), edit ? "image_edit" : "image_generation");
    }

    private List<Part> pictures() {
        List<Part> parts = new ArrayList<>();
        List<Field> pictures = body.first("image", "images").oneOrAll();
        if (pictures.isEmpty()) {
            throw body.get("image").wrong("a picture");
        }
        if (pictures.size() > MOST_PICTURES) {
            throw body.get("image").invalid("must be at most " + MOST_PICTURES + " pictures, but are " + pictures.size());
        }
        pictures.forEach(picture -> parts.add(picture(picture)));
        if (body.get("mask").present()) {
            parts.add(picture(body.get("mask")));
        }
        return parts;
    }

    /** An uploaded file, a URL, or an object that names a URL. */
    private static Part picture(Field field) {
        if (field.get("data").isText()) {
            return media(field.get("mime_type").textOr(""), new Source.Inline(field.get("data").text()), field.get("filename").textOr(""));
        }
        Field place = field.isObject() ? field.get("image_url") : field;
        String url = place.text();
        if (!DataUri.is(url)) {
            return media("", new Source.Link(url), "");
        }
        try {
            DataUri data = DataUri.parse(url);
            return media(data.mimeType(), new Source.Inline(data.base64()), "");
        } catch (IllegalArgumentException broken) {
            throw place.invalid(broken.getMessage());
        }
    }

    private static Part media(String type, Source source, String name) {
        return new Part.Media(type, source, "", name, JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }

    private int copies() {
        OptionalDouble said = FormBody.number(body.get("n"));
        double copies = said.orElse(1);
        if (copies < 1 || copies > MOST_COPIES || copies != Math.rint(copies)) {
            throw body.get("n").invalid("must be a whole number from 1 to " + MOST_COPIES);
        }
        if (copies > 1 && FormBody.flag(body.get("stream"))) {
            throw body.get("n").invalid("must be 1 in a stream");
        }
        return (int) copies;
    }

    private boolean asUrl() {
        Field format = body.get("response_format");
        return switch (format.textOr("b64_json")) {
            case "b64_json" -> false;
            case "url" -> true;
            default -> throw format.unknown(List.of("b64_json", "url"));
        };
    }

    private JsonObject google() {
        JsonObjectBuilder image = Json.objectBuilder();
        PictureSize.ratio(body.get("size")).ifPresent(ratio -> image.add("aspectRatio", ratio));
        PictureSize.resolution(body.get("quality"), body.get("model").textIfAny(), ignored).ifPresent(size -> image.add("imageSize", size));
        JsonObject config = image.build();
        return config.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT
                : Json.objectBuilder().add("generationConfig", Json.objectBuilder().add("imageConfig", config)).build();
    }
}
