package dev.hydra.dialect;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.wire.MediaType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the {@code content} of a message of OpenAI's formats: a text, or a list of parts (spec mapping §1.2, §5.1). */
public final class OpenAiContent {
    private static final Set<String> DETAILS = Set.of("low", "medium", "high", "original", "auto");
    /** Parts that clients keep in an assistant's history but that are not for the model's eyes. */
    private static final Set<String> THOUGHTS = Set.of("thinking", "redacted_thinking", "reasoning");

    private final Ignored ignored;
    private final String place;

    /** @param place path of the messages in the body, e.g. {@code messages[]}, for what is listed as ignored */
    public OpenAiContent(Ignored ignored, String place) {
        this.ignored = ignored;
        this.place = place;
    }

    /** The parts in order, empty texts left out; none when absent. */
    public List<Part> parts(Field content) {
        if (!content.present()) {
            return List.of();
        }
        if (content.isText()) {
            return content.text().isEmpty() ? List.of() : List.of(new Part.Text(content.text()));
        }
        if (!content.isArray()) {
            throw content.wrong("a string or an array of content parts");
        }
        List<Part> parts = new ArrayList<>();
        for (Field item : content.items()) {
            read(item, parts);
        }
        return parts;
    }

    /** Adds what one content part says. */
    public void read(Field item, List<Part> parts) {
        if (item.isText()) {
            addText(item, parts);
            return;
        }
        item.object();
        if (item.get("cache_control").present()) {
            ignored.add(place + ".content[].cache_control");
        }
        Field type = item.get("type");
        switch (type.present() || !item.get("text").present() ? type.text() : "text") {
            case "text", "input_text", "output_text" -> addText(item.get("text"), parts);
            case "refusal" -> addText(item.get("refusal"), parts);
            case "image_url", "input_image" -> parts.add(item.get("image_url").present() || !item.get("file_id").present()
                    ? linked(item, item.get("image_url"), "image")
                    : file(item));
            case "video_url" -> parts.add(linked(item, item.get("video_url"), "video"));
            case "audio_url" -> parts.add(linked(item, item.get("audio_url"), "audio"));
            case "input_audio" -> parts.add(recorded(item, item.get("input_audio"), "audio/"));
            case "input_video" -> parts.add(recorded(item, item.get("input_video"), "video/"));
            case "file", "input_file" -> parts.add(file(item.get("file").or(item)));
            case String other when THOUGHTS.contains(other) -> ignored.add(place + ".content[]." + other);
            default -> throw type.unknown(List.of("text", "image_url", "input_audio", "file", "video_url", "refusal"));
        }
    }

    private static void addText(Field text, List<Part> parts) {
        String said = text.text();
        if (!said.isEmpty()) {
            parts.add(new Part.Text(said));
        }
    }

    private static Part.Media linked(Field item, Field holder, String family) {
        Field url = holder.isText() ? holder : holder.member("url");
        String detail = holder.get("detail").or(item.get("detail")).textOr("").toLowerCase(Locale.ROOT);
        if (!detail.isEmpty() && !DETAILS.contains(detail)) {
            throw holder.get("detail").or(item.get("detail")).unknown(List.of("auto", "low", "medium", "high", "original"));
        }
        return media(url, "", family, new About(detail, "", clip(item, holder), ClientSeals.ofHolder(item)));
    }

    /** Sounds and videos whose bytes and format stand side by side. */
    private static Part.Media recorded(Field item, Field holder, String family) {
        holder.object();
        String format = holder.get("format").textOr("").toLowerCase(Locale.ROOT);
        String type = format.isEmpty() || format.indexOf('/') > 0 ? format : family + format;
        return media(holder.get("data"), type, "base64", new About("", "", clip(item, holder), Seal.NONE));
    }

    private static Part.Media file(Field file) {
        file.object();
        String name = file.get("filename").textOr("");
        About about = new About("", name, JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
        Field data = file.get("file_data").or(file.get("file_url"));
        if (data.present()) {
            return media(data, MediaType.ofName(name).orElse(""), "base64", about);
        }
        Field id = file.get("file_id");
        if (!id.present()) {
            throw file.get("file_data").wrong("base64 or a data URI (or give 'file_id')");
        }
        String uri = id.text();
        if (!Link.is(uri) && !uri.startsWith("files/")) {
            throw id.invalid("names a file that is not known here; send its bytes as 'file_data'");
        }
        return new Part.Media(MediaType.ofName(name).orElse(""), new Part.Source.Link(uri), "", name, about.clip, about.seal);
    }

    /** What is said about a medium besides its type and bytes. */
    private record About(String detail, String name, JsonObject clip, Seal seal) {
    }

    /**
     * @param form what stands at {@code data} when it is neither a data URI nor a link: {@code base64}, or else a family that allows none
     */
    private static Part.Media media(Field data, String type, String form, About about) {
        String text = data.text();
        if (Link.is(text)) {
            return new Part.Media(type, new Part.Source.Link(text), about.detail, about.name, about.clip, about.seal);
        }
        DataUri inline;
        try {
            if (!DataUri.is(text) && !form.equals("base64")) {
                throw new IllegalArgumentException("must be an https URL or a data URI of the " + form);
            }
            inline = DataUri.is(text) ? DataUri.parse(text) : new DataUri(type, DataUri.base64(text));
        } catch (IllegalArgumentException broken) {
            throw data.invalid(broken.getMessage());
        }
        boolean vague = inline.mimeType().isEmpty() || inline.mimeType().equals("application/octet-stream") && !type.isEmpty();
        String mime = vague ? type : inline.mimeType();
        return new Part.Media(mime, new Part.Source.Inline(inline.base64()), about.detail, about.name, about.clip, about.seal);
    }

    private static JsonObject clip(Field item, Field holder) {
        Field clip = holder.first("video_metadata", "videoMetadata").or(item.first("video_metadata", "videoMetadata"));
        return CamelCase.fields(clip.objectOrEmpty());
    }
}
