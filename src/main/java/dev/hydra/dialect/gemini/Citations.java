package dev.hydra.dialect.gemini;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.dialect.gemini.VisibleText.Span;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sources of one candidate's text, from its grounding, citation and URL metadata; told when the text is complete (spec mapping §2). */
final class Citations {
    private final List<JsonObject> grounding = new ArrayList<>();
    private final List<JsonObject> sources = new ArrayList<>();
    private final List<JsonObject> fetched = new ArrayList<>();

    void read(JsonObject candidate) {
        keep(Members.object(candidate, "groundingMetadata"), grounding);
        keep(Members.object(candidate, "citationMetadata"), sources);
        keep(Members.object(candidate, "urlContextMetadata"), fetched);
    }

    private static void keep(JsonObject metadata, List<JsonObject> kept) {
        if (!metadata.isEmpty()) {
            kept.add(metadata);
        }
    }

    Set<Cited> of(int candidate, VisibleText text) {
        Set<Cited> cited = new LinkedHashSet<>();
        JsonArray chunks = JsonValue.EMPTY_JSON_ARRAY;
        Set<Cited> unsupported = new LinkedHashSet<>();
        for (JsonObject metadata : grounding) {
            JsonArray own = Members.array(metadata, "groundingChunks");
            chunks = own.isEmpty() ? chunks : own; // a stream may send chunks and supports apart
            for (JsonValue chunk : own) {
                cite(candidate, Span.UNKNOWN, chunk, unsupported);
            }
            for (JsonValue support : Members.array(metadata, "groundingSupports")) {
                if (support instanceof JsonObject object) {
                    support(candidate, object, chunks, text, cited);
                }
            }
        }
        plain(candidate, text, cited);
        Set<String> known = new LinkedHashSet<>();
        cited.forEach(citation -> known.add(citation.uri()));
        unsupported.stream().filter(citation -> known.add(citation.uri())).forEach(cited::add);
        urls(candidate, known, cited);
        return cited;
    }

    private static void support(int candidate, JsonObject support, JsonArray chunks, VisibleText text, Set<Cited> cited) {
        JsonObject segment = Members.object(support, "segment");
        Span span = text.span((int) Members.whole(segment, "partIndex"), (int) Members.whole(segment, "startIndex"),
                (int) Members.whole(segment, "endIndex"), Members.text(segment, "text"));
        for (JsonValue index : Members.array(support, "groundingChunkIndices")) {
            if (index instanceof JsonNumber number && number.intValue() >= 0 && number.intValue() < chunks.size()) {
                cite(candidate, span, chunks.get(number.intValue()), cited);
            }
        }
    }

    private static void cite(int candidate, Span span, JsonValue chunk, Set<Cited> cited) {
        if (!(chunk instanceof JsonObject object)) {
            return;
        }
        for (String kind : List.of("web", "maps", "image", "retrievedContext")) {
            JsonObject source = Members.object(object, kind);
            String uri = kind.equals("image") && !Members.text(source, "sourceUri").isEmpty() ? Members.text(source, "sourceUri")
                    : Members.text(source, "uri");
            String title = Members.text(source, "title");
            if (!uri.isEmpty() || !title.isEmpty()) {
                cited.add(new Cited(candidate, span.start(), span.end(), uri, title));
            }
        }
    }

    /** {@code citationSources} (Gemini API) and {@code citations} (Vertex). */
    private void plain(int candidate, VisibleText text, Set<Cited> cited) {
        for (JsonObject metadata : sources) {
            for (String list : List.of("citationSources", "citations")) {
                for (JsonValue element : Members.array(metadata, list)) {
                    if (element instanceof JsonObject source && !Members.text(source, "uri").isEmpty()) {
                        Span span = text.span(0, (int) Members.whole(source, "startIndex"), (int) Members.whole(source, "endIndex"), "");
                        String uri = Members.text(source, "uri");
                        cited.add(new Cited(candidate, span.start(), span.end(), uri, Members.text(source, "title")));
                    }
                }
            }
        }
    }

    private void urls(int candidate, Set<String> known, Set<Cited> cited) {
        for (JsonObject metadata : fetched) {
            for (JsonValue element : Members.array(metadata, "urlMetadata")) {
                if (element instanceof JsonObject url && Members.text(url, "urlRetrievalStatus").endsWith("SUCCESS")) {
                    String uri = Members.text(url, "retrievedUrl");
                    if (!uri.isEmpty() && known.add(uri)) {
                        cited.add(new Cited(candidate, 0, 0, uri, ""));
                    }
                }
            }
        }
    }
}
