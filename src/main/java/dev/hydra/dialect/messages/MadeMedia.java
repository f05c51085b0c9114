package dev.hydra.dialect.messages;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.DataUri;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model made, as text: Anthropic's answers have no block for pictures and sounds, but every client shows Markdown. When a client gives
 * the text back it becomes the medium again, because as text a picture would cost a hundred thousand tokens.
 */
final class MadeMedia {
    private static final String OPEN = "](data:";

    private MadeMedia() {
    }

    /** Markdown for a medium, in pieces, so that a large one need not be copied. @param lineStart whether the text so far ends in a line break */
    static String[] written(MediaMade made, boolean lineStart) {
        String kind = made.mimeType().startsWith("image/") ? "![image" : "[" + made.mimeType().substring(0, slash(made.mimeType()));
        return new String[] {lineStart ? "" : "\n", kind, OPEN, made.mimeType(), ";base64,", made.base64(), ")"};
    }

    private static int slash(String type) {
        int slash = type.indexOf('/');
        return slash < 0 ? type.length() : slash;
    }

    /** A text with the media in it made media again; no part is an empty text. */
    static List<Part> read(String text) {
        List<Part> parts = new ArrayList<>(1);
        int from = 0;
        for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 1)) {
            int end = text.indexOf(')', at);
            int start = Math.max(text.lastIndexOf("![", at), text.lastIndexOf('[', at));
            if (end > 0 && start >= from && add(text, start, at + 2, end, from, parts)) {
                from = end + 1;
            }
        }
        addText(text.substring(from), parts);
        return parts;
    }

    private static boolean add(String text, int start, int data, int end, int from, List<Part> parts) {
        try {
            DataUri uri = DataUri.parse(text.substring(data, end));
            int begin = start > from && text.charAt(start - 1) == '!' ? start - 1 : start;
            addText(text.substring(from, begin), parts);
            parts.add(new Part.Media(uri.mimeType(), new Part.Source.Inline(uri.base64()), "", "", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE));
            return true;
        } catch (IllegalArgumentException somethingElse) {
            return false;
        }
    }

    private static void addText(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }
}
