package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one part of a client's content. */
final class ContentPart {
    private static final String RESOLUTION = "media_resolution_";

    private ContentPart() {
    }

    /** The part; empty when it says nothing. */
    static Optional<Part> of(Field part, Ignored ignored) {
        Seal seal = Seal.gemini(part.member("thoughtSignature").textOr(""));
        if (part.get("text").present()) {
            String text = part.get("text").text();
            if (part.get("thought").booleanOr(false)) {
                return Optional.of(new Part.Thought(text, seal));
            }
            return text.isEmpty() && !seal.isPresent() ? Optional.empty() : Optional.of(new Part.Text(text, seal));
        }
        if (part.get("inlineData").present()) {
            return Optional.of(media(part, inline(part.get("inlineData")), seal));
        }
        if (part.get("fileData").present()) {
            return Optional.of(media(part, new Part.Source.Link(part.get("fileData").member("fileUri").text()), seal));
        }
        if (part.get("functionCall").present()) {
            Field call = part.get("functionCall");
            return Optional
                    .of(new Part.ToolCall(call.member("id").textOr(""), call.get("name").text(), call.get("args").objectOrEmpty(), seal));
        }
        if (part.get("functionResponse").present()) {
            return Optional.of(result(part.get("functionResponse")));
        }
        return other(part, ignored);
    }

    private static Optional<Part> other(Field part, Ignored ignored) {
        JsonObject json = part.object();
        if (json.isEmpty() || json.keySet().equals(Set.of("thoughtSignature")) || part.get("thought").present()) {
            return Optional.empty();
        }
        ignored.add(part.path());
        return Optional.of(new Part.Foreign(GeminiDialect.ID, json));
    }

    private static Part.Source inline(Field data) {
        try {
            return new Part.Source.Inline(DataUri.base64(data.member("data").text()));
        } catch (IllegalArgumentException e) {
            throw data.get("data").invalid(e.getMessage());
        }
    }

    private static Part media(Field part, Part.Source source, Seal seal) {
        Field data = part.get("inlineData").or(part.get("fileData"));
        String level = part.get("mediaResolution").get("level").textOr("").toLowerCase(Locale.ROOT);
        String detail = level.startsWith(RESOLUTION) ? level.substring(RESOLUTION.length()) : level;
        return new Part.Media(data.get("mimeType").textOr(""), source, detail.equals("ultra_high") ? "original" : detail,
                data.get("displayName").textOr(""), part.get("videoMetadata").objectOrEmpty(), seal);
    }

    /** {@code output} and {@code error} have a meaning; any other object is the output itself (spec mapping §0.2). */
    private static Part result(Field response) {
        JsonObject said = response.member("response").objectOrEmpty();
        List<Part> content = new ArrayList<>();
        boolean failed = said.containsKey("error") && !said.containsKey("output");
        JsonValue value = failed ? said.get("error") : said.size() == 1 && said.containsKey("output") ? said.get("output") : said;
        content.add(new Part.Text(value instanceof JsonString text ? text.getString() : value.toString()));
        for (Field part : ContentRequestReader.list(response.get("parts"))) {
            if (part.get("inlineData").present()) {
                content.add(media(part, inline(part.get("inlineData")), Seal.NONE));
            } else if (part.get("fileData").present()) {
                content.add(media(part, new Part.Source.Link(part.get("fileData").member("fileUri").text()), Seal.NONE));
            }
        }
        return new Part.ToolResult(response.get("id").textOr(""), response.get("name").text(), content, failed);
    }
}
