package dev.hydra.dialect.gemini;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.gemini.Content.Answer;
import dev.hydra.dialect.gemini.Content.Call;
import dev.hydra.dialect.gemini.Content.Plain;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes {@code contents} and {@code systemInstruction} straight into the body. */
final class ContentWriter {
    /** Types that {@code functionResponse.parts} takes, by Google's documentation for Gemini 3. */
    private static final Set<String> IN_RESPONSES = Set.of("image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain");
    private static final Map<String, String> RESOLUTIONS = Map.of("low", "MEDIA_RESOLUTION_LOW", "medium", "MEDIA_RESOLUTION_MEDIUM",
            "high", "MEDIA_RESOLUTION_HIGH", "original", "MEDIA_RESOLUTION_ULTRA_HIGH");

    private static final String FILES = "https://generativelanguage.googleapis.com/v1beta/";

    private final JsonGenerator out;
    private final ModelFamily family;
    private final FunctionNames names;

    ContentWriter(JsonGenerator out, ModelFamily family, FunctionNames names) {
        this.out = out;
        this.family = family;
        this.names = names;
    }

    /** The value of a part's {@code mediaResolution}; empty for {@code auto} and unknown words. */
    static String resolution(String detail) {
        return RESOLUTIONS.getOrDefault(detail, "");
    }

    void contents(List<Content> contents) {
        out.writeStartArray("contents");
        for (Content content : contents) {
            out.writeStartObject();
            out.write("role", content.role() == Turn.Role.USER ? "user" : "model");
            out.writeStartArray("parts");
            pieces(content.pieces());
            out.writeEnd().writeEnd();
        }
        out.writeEnd();
    }

    /** Answers come first; the media that do not fit inside them follow at once, before the user's own words. */
    private void pieces(List<Content.Piece> pieces) {
        List<Part.ToolResult> answered = new ArrayList<>();
        for (Content.Piece piece : pieces) {
            if (piece instanceof Answer answer) {
                answer(answer);
                answered.add(TurnGrammar.resultOf(answer));
                continue;
            }
            answered.forEach(this::mediaBeside);
            answered.clear();
            if (piece instanceof Plain(var part, var seal)) {
                plain(part, seal);
            } else if (piece instanceof Call call) {
                call(call);
            }
        }
        answered.forEach(this::mediaBeside);
    }

    void system(List<Part.Text> texts) {
        out.writeStartObject("systemInstruction").writeStartArray("parts");
        texts.forEach(text -> plain(text, ""));
        out.writeEnd().writeEnd();
    }

    private void plain(Part part, String seal) {
        switch (part) {
            case Part.Foreign(var dialect, var json) -> out.write(json);
            case Part.Text(var text, var ignored) -> {
                out.writeStartObject().write("text", text);
                sealed(seal);
            }
            case Part.Thought(var text, var ignored) -> {
                out.writeStartObject().write("text", text).write("thought", true);
                sealed(seal);
            }
            case Part.Media media -> {
                out.writeStartObject();
                media(media);
                resolution(media);
                if (!media.clip().isEmpty()) {
                    out.write("videoMetadata", media.clip());
                }
                sealed(seal);
            }
            case Part.ToolCall call -> throw new IllegalStateException("a call is written as a call");
            case Part.ToolResult result -> throw new IllegalStateException("a result is written as an answer");
        }
    }

    private void sealed(String seal) {
        if (!seal.isEmpty()) {
            out.write("thoughtSignature", seal);
        }
        out.writeEnd();
    }

    private void media(Part.Media media) {
        switch (media.source()) {
            case Part.Source.Inline(var base64) -> out.writeStartObject("inlineData")
                    .write("mimeType", MimeTypes.of(media.mimeType(), base64, media.name())).write("data", base64).writeEnd();
            case Part.Source.Link(var uri) -> {
                out.writeStartObject("fileData");
                String type = linkType(media, uri);
                if (!type.isEmpty()) {
                    out.write("mimeType", type);
                }
                out.write("fileUri", uri.startsWith("files/") ? FILES + uri : uri).writeEnd();
            }
        }
    }

    private static String linkType(Part.Media media, String uri) {
        String said = MimeTypes.normal(media.mimeType());
        if (!said.isEmpty()) {
            return said;
        }
        if (Links.isYouTube(uri)) {
            return "video/*";
        }
        String byName = MimeTypes.byName(media.name());
        return byName.isEmpty() ? MimeTypes.byName(uri) : byName;
    }

    private void resolution(Part.Media media) {
        String level = family.isNewest() ? resolution(media.detail()) : "";
        if (!level.isEmpty()) {
            out.writeStartObject("mediaResolution").write("level", level).writeEnd();
        }
    }

    private void call(Call piece) {
        out.writeStartObject().writeStartObject("functionCall");
        id(piece.id());
        out.write("name", names.written(piece.call().name()));
        out.write("args", piece.call().arguments());
        out.writeEnd();
        sealed(piece.seal());
    }

    private void answer(Answer piece) {
        Part.ToolResult result = TurnGrammar.resultOf(piece);
        out.writeStartObject().writeStartObject("functionResponse");
        id(piece.id());
        out.write("name", names.written(piece.call().name()));
        JsonObject response = ToolOutput.of(result);
        out.write("response", (JsonValue) response);
        List<Part.Media> inside = result.content().stream().filter(this::fitsInside).map(Part.Media.class::cast).toList();
        if (!inside.isEmpty()) {
            out.writeStartArray("parts");
            for (Part.Media media : inside) {
                out.writeStartObject();
                media(media);
                out.writeEnd();
            }
            out.writeEnd();
        }
        out.writeEnd().writeEnd();
    }

    private boolean fitsInside(Part part) {
        return family.isNewest() && part instanceof Part.Media media && media.source() instanceof Part.Source.Inline(var base64)
                && IN_RESPONSES.contains(MimeTypes.of(media.mimeType(), base64, media.name()));
    }

    /** Media that {@code functionResponse} cannot hold follow all responses of the turn, which must stay together. */
    private void mediaBeside(Part.ToolResult result) {
        for (Part part : result.content()) {
            if (part instanceof Part.Media && !fitsInside(part)) {
                plain(part, "");
            }
        }
    }

    private void id(String id) {
        if (!id.isEmpty()) {
            out.write("id", id);
        }
    }
}
