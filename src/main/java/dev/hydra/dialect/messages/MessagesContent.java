package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.Link;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads blocks that say or show something: those of users, of the operator, and of tools' results (spec mapping §6.1). */
final class MessagesContent {
    private static final List<String> BLOCKS = List.of("text", "image", "document", "search_result", "tool_result");
    private static final List<String> SOURCES = List.of("base64", "text", "content", "url", "file");
    /** Claude Code's accounting: it differs in every request and would keep every provider from caching the rest. */
    private static final String BILLING = "x-anthropic-billing-header:";

    private static final String REMINDER = "<system-reminder>\n";
    private static final String REMINDER_END = "\n</system-reminder>";

    private final Ignored ignored;

    MessagesContent(Ignored ignored) {
        this.ignored = ignored;
    }

    /** The parts in order, empty texts left out; none when absent. @param content a text or a list of blocks */
    List<Part> parts(Field content) {
        List<Part> parts = new ArrayList<>();
        if (content.isText()) {
            addText(content, parts);
        } else if (content.present()) {
            blocks(content).forEach(block -> read(block, parts));
        }
        return parts;
    }

    /** The operator's words. @param system a text or a list of blocks */
    List<Part> system(Field system) {
        return parts(system).stream().filter(part -> !(part instanceof Part.Text text && text.text().startsWith(BILLING))).toList();
    }

    /** The operator's words inside the user's, marked as what they are. */
    static List<Part> reminders(List<Part> system) {
        return system.stream().map(part -> part instanceof Part.Text text ? new Part.Text(REMINDER + text.text() + REMINDER_END) : part)
                .toList();
    }

    /** @throws dev.hydra.dialect.InvalidRequest when it is no list of objects */
    static List<Field> blocks(Field content) {
        if (!content.isArray()) {
            throw content.wrong("a string or an array of content blocks");
        }
        List<Field> blocks = content.items();
        blocks.forEach(Field::object);
        return blocks;
    }

    /** Adds what one block says. @throws dev.hydra.dialect.InvalidRequest when it is of a kind that nobody can read */
    void read(Field block, List<Part> parts) {
        Field type = block.get("type");
        switch (type.text()) {
            case "text" -> addText(block.get("text"), parts);
            case "image" -> parts.add(media(block.get("source"), ""));
            case "document" -> document(block, parts);
            case "search_result" -> searchResult(block, parts);
            case "mid_conversation_system" -> parts.addAll(reminders(system(block.get("content").or(block.get("text")))));
            // A client's own search for tools: what it names is declared here from the start, so the model need only be told.
            case "tool_reference" -> parts.add(new Part.Text("Tool available: " + block.get("tool_name").textOr("")));
            case "container_upload", "tool_addition", "tool_removal" -> ignored.add("messages[].content[]." + type.text());
            default -> throw type.unknown(BLOCKS);
        }
    }

    private static void addText(Field text, List<Part> parts) {
        String said = text.text();
        if (!said.isEmpty()) {
            parts.add(new Part.Text(said));
        }
    }

    /** A title and a context stand before the document: no provider but Anthropic has a place for them. */
    private void document(Field block, List<Part> parts) {
        String title = block.get("title").textOr("");
        String context = block.get("context").textOr("");
        if (block.get("citations").get("enabled").booleanOr(false)) {
            ignored.add("messages[].content[].citations");
        }
        if (!title.isEmpty()) {
            parts.add(new Part.Text("Document: " + title));
        }
        if (!context.isEmpty()) {
            parts.add(new Part.Text(context));
        }
        source(block.get("source"), title, parts);
    }

    /** What a document's source holds: a medium, a text, or blocks of its own. */
    void source(Field source, String title, List<Part> parts) {
        source.object();
        switch (source.get("type").textOr("")) {
            case "text" -> addText(source.get("data"), parts);
            case "content" -> parts.addAll(parts(source.get("content")));
            default -> parts.add(media(source, title));
        }
    }

    private static void searchResult(Field block, List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (String said : List.of(block.get("title").textOr(""), block.get("source").textOr(""))) {
            text.append(said).append(said.isEmpty() ? "" : "\n");
        }
        for (Field piece : block.get("content").items()) {
            text.append(piece.get("text").textOr("")).append('\n');
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
        }
    }

    private static Part.Media media(Field source, String name) {
        source.object();
        Field type = source.get("type");
        return switch (type.text()) {
            case "base64" -> inline(source, name);
            case "url" -> linked(source.get("url"), name);
            case "file" -> filed(source.get("file_id"), name);
            default -> throw type.unknown(SOURCES);
        };
    }

    private static Part.Media inline(Field source, String name) {
        Field data = source.get("data");
        try {
            return medium(source.get("media_type").textOr("").toLowerCase(Locale.ROOT),
                    new Part.Source.Inline(DataUri.base64(data.text())), name);
        } catch (IllegalArgumentException broken) {
            throw data.invalid(broken.getMessage());
        }
    }

    private static Part.Media linked(Field url, String name) {
        String address = url.text();
        if (DataUri.is(address)) {
            try {
                DataUri data = DataUri.parse(address);
                return medium(data.mimeType(), new Part.Source.Inline(data.base64()), name);
            } catch (IllegalArgumentException broken) {
                throw url.invalid(broken.getMessage());
            }
        }
        if (!Link.is(address)) {
            throw url.invalid("must be an https URL");
        }
        return medium("", new Part.Source.Link(address), name);
    }

    private static Part.Media filed(Field id, String name) {
        if (!Link.is(id.text()) && !id.text().startsWith("files/")) {
            throw id.invalid("names a file that is not known here; send its bytes with a source of type base64");
        }
        return medium("", new Part.Source.Link(id.text()), name);
    }

    private static Part.Media medium(String type, Part.Source source, String name) {
        return new Part.Media(type, source, "", name, JsonValue.EMPTY_JSON_OBJECT, Seal.NONE);
    }
}
