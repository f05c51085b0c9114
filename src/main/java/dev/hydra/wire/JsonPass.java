package dev.hydra.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One pass of a {@link JsonScan} over one text. No recursion: depth costs a few bytes, not stack. */
final class JsonPass {
    private static final int ARRAY = -1;

    private final byte[] json;
    private final JsonTokens tokens;
    private final int maxDepth;
    private final byte[][] members;
    private final Prefixes prefixes;
    private final int[] spans;
    private final List<String> matches = new ArrayList<>(0);
    private final MemberNames names;
    /** For each open container: {@link #ARRAY}, or what {@link MemberNames#leave} needs. */
    private int[] open = new int[8];
    private int depth;
    /** Index in {@link #spans} of the wanted member whose value comes; negative when it is none. */
    private int wanted = -1;

    JsonPass(byte[] json, int maxDepth, byte[][] members, Prefixes prefixes) {
        this.json = json;
        this.tokens = new JsonTokens(json);
        this.maxDepth = maxDepth;
        this.members = members;
        this.prefixes = prefixes;
        this.spans = new int[2 * members.length];
        Arrays.fill(spans, -1);
        this.names = new MemberNames(json);
    }

    /** For each wanted member start and end of its value, or -1. */
    int[] spans() {
        return spans;
    }

    List<String> matches() {
        return matches;
    }

    void run() {
        if (tokens.space() != '{') {
            throw tokens.wrong(tokens.at(), "a JSON object is expected");
        }
        boolean complete = value('{');
        while (depth > 0) {
            if (complete) {
                complete = !another();
            } else {
                int next = tokens.space();
                if (open[depth - 1] != ARRAY) {
                    key(next);
                    next = tokens.space();
                }
                if (depth == 1 && wanted >= 0) {
                    spans[wanted] = tokens.at();
                }
                complete = value(next);
            }
        }
        if (tokens.space() >= 0) {
            throw tokens.wrong(tokens.at(), "more text after the object");
        }
    }

    /** After a value: true when another one must follow in the same container; false when that container, now a complete value, ended. */
    private boolean another() {
        if (depth == 1 && wanted >= 0) {
            spans[wanted + 1] = tokens.at();
            wanted = -1;
        }
        int next = tokens.space();
        boolean array = open[depth - 1] == ARRAY;
        if (next == ',') {
            tokens.skip();
            return true;
        }
        if (next != (array ? ']' : '}')) {
            throw tokens.wrong(tokens.at(), array ? "',' or ']' is expected" : "',' or '}' is expected");
        }
        leave();
        return false;
    }

    /** Takes one value; false when it is a container of which more comes. */
    private boolean value(int first) {
        switch (first) {
            case '"' -> {
                int start = tokens.at() + 1;
                tokens.string();
                prefixes.match(json, start, tokens.at() - 1, tokens.escaped(), matches);
            }
            case '{', '[' -> {
                return !enter(first);
            }
            case 't' -> tokens.literal(JsonTokens.TRUE);
            case 'f' -> tokens.literal(JsonTokens.FALSE);
            case 'n' -> tokens.literal(JsonTokens.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> tokens.number();
            default -> throw tokens.wrong(tokens.at(), "a value is expected");
        }
        return true;
    }

    /** Opens a container; false when it is empty and closed again. */
    private boolean enter(int bracket) {
        if (depth == maxDepth) {
            throw tokens.wrong(tokens.at(), "nested deeper than " + maxDepth + " levels");
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = bracket == '[' ? ARRAY : names.enter();
        tokens.skip();
        if (tokens.space() != (bracket == '[' ? ']' : '}')) {
            return true;
        }
        leave();
        return false;
    }

    private void leave() {
        tokens.skip();
        int outer = open[--depth];
        if (outer != ARRAY) {
            names.leave(outer);
        }
    }

    private void key(int quote) {
        if (quote != '"') {
            throw tokens.wrong(tokens.at(), "a key in double quotes is expected");
        }
        int start = tokens.at() + 1;
        tokens.string();
        int end = tokens.at() - 1;
        if (names.full()) {
            throw tokens.wrong(start, "more than " + MemberNames.MAX + " keys");
        }
        if (!names.add(start, end, tokens.escaped())) {
            throw tokens.wrong(start, "the key comes twice in the same object");
        }
        if (depth == 1) {
            wanted = wanted(start, end);
        }
        if (tokens.space() != ':') {
            throw tokens.wrong(tokens.at(), "':' is expected after a key");
        }
        tokens.skip();
    }

    private int wanted(int start, int end) {
        byte[] key = tokens.escaped() ? JsonText.bytes(json, start, end) : json;
        int from = tokens.escaped() ? 0 : start;
        int to = tokens.escaped() ? key.length : end;
        for (int i = 0; i < members.length; i++) {
            if (Arrays.equals(members[i], 0, members[i].length, key, from, to)) {
                return 2 * i;
            }
        }
        return -1;
    }
}
