package dev.hydra.wire;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON text as UTF-8 into a small buffer that empties itself into a stream: for replies, where a generator per chunk would cost more
 * than the chunk. It sets the commas; that names and values alternate rightly is the caller's care. Made for one reply, not safe for use by
 * several threads. Nothing is flushed; {@link #end} must follow the last value.
 */
public final class JsonOutput {
    /** Of a few chunks: every stream has such a buffer, and most wait. */
    private static final int SIZE = 2048;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] buffer = new byte[SIZE];
    private OutputStream out = OutputStream.nullOutputStream();
    private int length;
    private boolean comma;

    /** Begins a text (a frame, a body) that goes to {@code out}. */
    public JsonOutput begin(OutputStream out) {
        this.out = out;
        length = 0;
        comma = false;
        return this;
    }

    /** Writes out what is still in the buffer. */
    public void end() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }

    /** Bytes as they are; what follows sets no comma. */
    public JsonOutput raw(byte[] bytes) throws IOException {
        if (bytes.length > SIZE - length) {
            end();
        }
        if (bytes.length > SIZE) {
            out.write(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }
        comma = false;
        return this;
    }

    /** Opens an object. */
    public JsonOutput beginObject() throws IOException {
        return open('{');
    }

    /** Closes an object. */
    public JsonOutput endObject() throws IOException {
        return close('}');
    }

    /** Opens an array. */
    public JsonOutput beginArray() throws IOException {
        return open('[');
    }

    /** Closes an array. */
    public JsonOutput endArray() throws IOException {
        return close(']');
    }

    /** A member's name. */
    public JsonOutput name(String name) throws IOException {
        value(name);
        put(':');
        comma = false;
        return this;
    }

    /** A string. */
    public JsonOutput value(String text) throws IOException {
        separate();
        put('"');
        escape(text);
        put('"');
        comma = true;
        return this;
    }

    /** One string made of several texts, so that a large one need not be copied to be framed. */
    public JsonOutput joined(String... texts) throws IOException {
        separate();
        put('"');
        for (String text : texts) {
            escape(text);
        }
        put('"');
        comma = true;
        return this;
    }

    /** A whole number. */
    public JsonOutput value(long number) throws IOException {
        return literal(Long.toString(number));
    }

    /** A number. @param number finite */
    public JsonOutput value(double number) throws IOException {
        return literal(Double.toString(number));
    }

    /** Writes null. */
    public JsonOutput nullValue() throws IOException {
        return literal("null");
    }

    /** Any value, as it stands. */
    public JsonOutput value(JsonValue value) throws IOException {
        separate();
        raw(Json.bytes(value));
        comma = true;
        return this;
    }

    private JsonOutput literal(String ascii) throws IOException {
        separate();
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        comma = true;
        return this;
    }

    private JsonOutput open(char bracket) throws IOException {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonOutput close(char bracket) throws IOException {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() throws IOException {
        if (comma) {
            put(',');
        }
    }

    private void put(int ascii) throws IOException {
        if (length == SIZE) {
            end();
        }
        buffer[length++] = (byte) ascii;
    }

    private void escape(String text) throws IOException {
        int size = text.length();
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (SIZE - length < 6) {
                end();
            }
            if (c < 0x80) {
                escapeAscii(c);
            } else if (c < 0x800) {
                buffer[length++] = (byte) (0xC0 | c >> 6);
                buffer[length++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                buffer[length++] = (byte) (0xE0 | c >> 12);
                buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                buffer[length++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                buffer[length++] = (byte) (0xF0 | point >> 18);
                buffer[length++] = (byte) (0x80 | point >> 12 & 0x3F);
                buffer[length++] = (byte) (0x80 | point >> 6 & 0x3F);
                buffer[length++] = (byte) (0x80 | point & 0x3F);
            } else {
                // Half a character, cut by the provider between two chunks: as an escape the client can still join the halves.
                unicode(c);
            }
        }
    }

    private void escapeAscii(char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            buffer[length++] = (byte) c;
            return;
        }
        switch (c) {
            case '"', '\\' -> shorthand(c);
            case '\n' -> shorthand('n');
            case '\r' -> shorthand('r');
            case '\t' -> shorthand('t');
            default -> unicode(c);
        }
    }

    private void shorthand(char letter) {
        buffer[length++] = '\\';
        buffer[length++] = (byte) letter;
    }

    private void unicode(char c) {
        shorthand('u');
        buffer[length++] = HEX[c >> 12];
        buffer[length++] = HEX[c >> 8 & 0xF];
        buffer[length++] = HEX[c >> 4 & 0xF];
        buffer[length++] = HEX[c & 0xF];
    }
}
