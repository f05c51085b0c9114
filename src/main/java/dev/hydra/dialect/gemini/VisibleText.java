package dev.hydra.dialect.gemini;

import java.util.ArrayList;
import java.util.List;

/**
 * The visible text of a candidate, with the places where its parts begin: citations give byte offsets in UTF-8 within a part, clients want
 * characters of the whole (spec mapping §2). In a stream a part goes on from message to message.
 */
final class VisibleText {
    /** @param index of the part @param start of its text, in chars of the whole */
    private record Piece(int index, int start) {
    }

    /** A stretch of the text in code points; 0, 0 when it is not known. */
    record Span(int start, int end) {
        static final Span UNKNOWN = new Span(0, 0);
    }

    private enum Kind {
        NOTHING, TEXT, THOUGHT, OTHER
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();
    private int parts;
    private Kind last = Kind.NOTHING;

    /** @param opens whether a message begins with this part, which then may continue the last one */
    void text(String more, boolean opens) {
        if (!(opens && last == Kind.TEXT)) {
            pieces.add(new Piece(parts++, text.length()));
        }
        last = Kind.TEXT;
        text.append(more);
    }

    void thought(boolean opens) {
        if (!(opens && last == Kind.THOUGHT)) {
            parts++;
        }
        last = Kind.THOUGHT;
    }

    void other() {
        parts++;
        last = Kind.OTHER;
    }

    /**
     * @param start,end bytes in UTF-8 within the part
     * @param cited the cited words, by which a wrong offset is noticed and put right; may be empty
     */
    Span span(int part, int start, int end, String cited) {
        if (end <= start || start < 0) {
            return find(cited);
        }
        int base = pieces.stream().filter(piece -> piece.index() == part).mapToInt(Piece::start).findFirst().orElse(0);
        Span within = cut(base, start, end, cited);
        if (within == Span.UNKNOWN && base > 0) {
            within = cut(0, start, end, cited);
        }
        return within == Span.UNKNOWN ? find(cited) : within;
    }

    private Span cut(int base, int startByte, int endByte, String cited) {
        int start = forward(base, startByte);
        int end = start < 0 ? -1 : forward(start, endByte - startByte);
        if (end < 0) {
            return Span.UNKNOWN;
        }
        boolean right = cited.isEmpty() || cited.length() == end - start && text.indexOf(cited, start) == start;
        return right ? span(start, end) : Span.UNKNOWN;
    }

    /** The char that lies so many bytes behind another; -1 when the text ends before or a character would be cut. */
    private int forward(int from, int bytes) {
        int at = from;
        int left = bytes;
        while (left > 0 && at < text.length()) {
            int point = text.codePointAt(at);
            left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            at += Character.charCount(point);
        }
        return left == 0 ? at : -1;
    }

    private Span find(String cited) {
        int start = cited.isEmpty() ? -1 : text.indexOf(cited);
        return start < 0 ? Span.UNKNOWN : span(start, start + cited.length());
    }

    private Span span(int start, int end) {
        int before = text.codePointCount(0, start);
        return new Span(before, before + text.codePointCount(start, end));
    }
}
