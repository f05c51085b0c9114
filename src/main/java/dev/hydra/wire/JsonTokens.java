package dev.hydra.wire;

import java.util.Arrays;

/** Takes single tokens of a JSON text and refuses wrong ones; what may follow what is not its matter. */
final class JsonTokens {
    static final int MAX_NUMBER = 1000;
    static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] json;
    private final int end;
    private int at;
    private boolean escaped;

    JsonTokens(byte[] json) {
        this(json, 0, json.length);
    }

    /** Of a text that is a part of an array. */
    JsonTokens(byte[] json, int offset, int length) {
        this.json = json;
        this.at = offset;
        this.end = offset + length;
    }

    /** Index of the next byte. */
    int at() {
        return at;
    }

    /** Goes over one byte. */
    void skip() {
        at++;
    }

    /** Whether the last string had escapes. */
    boolean escaped() {
        return escaped;
    }

    /** Takes a string; {@link #at} is its opening quote before and behind its closing quote after. */
    void string() {
        int opening = at;
        escaped = false;
        int i = at + 1;
        while (true) {
            i = ByteScan.plainEnd(json, i, end);
            if (i == end) {
                throw wrong(opening, "the string does not end");
            }
            byte b = json[i];
            if (b == '"') {
                at = i + 1;
                return;
            } else if (b == '\\') {
                escaped = true;
                i = escape(i);
            } else if (b < 0) {
                i = Utf8.sequencesEnd(json, i, end);
                if (i < 0) {
                    throw wrong(~i, "not UTF-8");
                }
            } else {
                throw wrong(i, "a control character inside a string must be escaped");
            }
        }
    }

    private int escape(int backslash) {
        int letter = backslash + 1;
        if (letter < end) {
            switch (json[letter]) {
                case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                    return letter + 1;
                }
                case 'u' -> {
                    if (letter + 4 < end && JsonText.unit(json, letter + 1) >= 0) {
                        return letter + 5;
                    }
                }
                default -> {
                }
            }
        }
        throw wrong(backslash, "not an escape sequence of JSON");
    }

    /** Takes one of the three words. */
    void literal(byte[] word) {
        if (end - at < word.length || !Arrays.equals(json, at, at + word.length, word, 0, word.length)) {
            throw wrong(at, "a value is expected");
        }
        at += word.length;
    }

    /** Takes a number. */
    void number() {
        int start = at;
        if (json[at] == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (at - start > MAX_NUMBER) {
            throw wrong(start, "a number of more than " + MAX_NUMBER + " characters");
        }
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong(at, "a digit is expected");
        }
    }

    /** The byte that comes; -1 at the end. Bytes beyond ASCII are below -1 or stand for nothing either. */
    private int peek() {
        return at < end ? json[at] : -1;
    }

    /** Skips white space and gives the byte after it; -1 at the end. */
    int space() {
        while (at < end) {
            byte b = json[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    /** The error to throw for what is wrong at an index. */
    MalformedJson wrong(int offset, String what) {
        return MalformedJson.at(json, offset, offset == end ? what + ", but the text ends" : what);
    }
}
