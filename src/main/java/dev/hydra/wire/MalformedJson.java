package dev.hydra.wire;

/** Bytes that are not acceptable JSON. The message says what is wrong and where; it carries none of the text except single characters. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    private MalformedJson(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Lines and columns are counted here, when they are needed, not while scanning. Columns count bytes from 1. */
    static MalformedJson at(byte[] json, int offset, String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (json[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new MalformedJson(what + " (line " + line + ", column " + (offset - lineStart + 1) + ")", offset);
    }

    /** Index of the byte where it went wrong. */
    public int offset() {
        return offset;
    }
}
