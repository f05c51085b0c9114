package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.MediaType;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Writes {@code messages} straight into the body. */
final class BlockWriter {
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final String PDF = "application/pdf";
    /** Enough of a file's base64 to tell its kind. */
    private static final int SNIFFED = 64;

    private final JsonGenerator out;
    private final FunctionNames names;

    BlockWriter(JsonGenerator out, FunctionNames names) {
        this.out = out;
        this.names = names;
    }

    void messages(List<ProvidersTurns.Message> messages) {
        out.writeStartArray("messages");
        for (ProvidersTurns.Message message : messages) {
            boolean prefill = message == messages.getLast() && message.role() == Turn.Role.MODEL;
            out.writeStartObject().write("role", message.role() == Turn.Role.USER ? "user" : "assistant").writeStartArray("content");
            for (ProvidersTurns.Block block : message.blocks()) {
                write(block, prefill && block == message.blocks().getLast());
            }
            out.writeEnd().writeEnd();
        }
        out.writeEnd();
    }

    /** @param bare whether white space at the end is a 400 */
    private void write(ProvidersTurns.Block block, boolean bare) {
        switch (block.part()) {
            case Part.Text text -> text(bare ? text.text().stripTrailing() : text.text());
            case Part.Thought thought -> out.writeStartObject().write("type", "thinking").write("thinking", thought.text())
                    .write("signature", thought.seal().value()).writeEnd();
            case Part.Media media -> media(media);
            case Part.ToolCall call -> out.writeStartObject().write("type", "tool_use").write("id", block.id())
                    .write("name", names.written(call.name())).write("input", (JsonValue) call.arguments()).writeEnd();
            case Part.ToolResult result -> result(result, block.id());
            case Part.Foreign foreign -> out.write(foreign.json());
        }
    }

    private void text(String text) {
        out.writeStartObject().write("type", "text").write("text", text).writeEnd();
    }

    private void result(Part.ToolResult result, String id) {
        out.writeStartObject().write("type", "tool_result").write("tool_use_id", id);
        if (result.error()) {
            out.write("is_error", true);
        }
        out.writeStartArray("content");
        for (Part part : result.content()) {
            if (part instanceof Part.Text text && !text.text().isBlank()) {
                text(text.text());
            } else if (part instanceof Part.Media media) {
                media(media);
            }
        }
        out.writeEnd().writeEnd();
    }

    private void media(Part.Media media) {
        String type = type(media);
        switch (media.source()) {
            case Part.Source.Link(var uri) -> open(type.startsWith("image/") || type.isEmpty() ? "image" : "document", "url")
                    .write("url", uri);
            case Part.Source.Inline(var base64) -> {
                if (IMAGES.contains(type)) {
                    open("image", "base64").write("media_type", type).write("data", base64);
                } else if (type.equals(PDF)) {
                    open("document", "base64").write("media_type", PDF).write("data", base64);
                } else if (type.startsWith("text/") || type.equals("application/json")) {
                    open("document", "text").write("media_type", "text/plain")
                            .write("data", new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
                } else {
                    throw new InvalidRequest("messages", "Anthropic's models take pictures (PNG, JPEG, GIF, WebP), PDF and text, but no "
                            + (type.isEmpty() ? "file of an unknown type" : type) + ".");
                }
            }
        }
        out.writeEnd().writeEnd();
    }

    private JsonGenerator open(String block, String source) {
        return out.writeStartObject().write("type", block).writeStartObject("source").write("type", source);
    }

    /** As the client said; else by the first bytes, else by the name. */
    private static String type(Part.Media media) {
        String said = media.mimeType();
        if (!said.isEmpty() && !said.equals("application/octet-stream")) {
            return said.equals("image/jpg") ? "image/jpeg" : said;
        }
        String known = switch (media.source()) {
            case Part.Source.Inline(var base64) -> MediaType.sniff(Base64.getDecoder()
                    .decode(base64.length() > SNIFFED ? base64.substring(0, SNIFFED) : base64)).orElse("");
            case Part.Source.Link(var uri) -> MediaType.ofName(uri).orElse("");
        };
        return known.isEmpty() ? MediaType.ofName(media.name()).orElse("") : known;
    }
}
