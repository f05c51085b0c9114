package dev.hydra.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Looks once through a JSON text without building anything of it: decides whether it is acceptable and picks out the little that is wanted.
 *
 * <p>Acceptable is one object by RFC 8259 in strict UTF-8, nested no deeper than allowed, in which no object has the same key twice.
 * Duplicate keys are refused because two readers may each see another one (defects S23). A byte order mark is refused, as are numbers of
 * more than {@value JsonTokens#MAX_NUMBER} characters and more than {@value MemberNames#MAX} keys in objects that are open at the same
 * time: nobody sends them in earnest, and readers after this one would pay for them.
 *
 * <p>Made once, used by many threads.
 */
public final class JsonScan {
    /** More are not collected: a request that names so many objects is bound by the first ones already. */
    private static final int MAX_MATCHES = 64;

    private final int maxDepth;
    private final byte[][] members;
    private final List<String> memberNames;
    private final Prefixes prefixes;

    /**
     * @param maxDepth deepest nesting of objects and arrays; 1 = an object without any in it
     * @param members  names of members of the outermost object that are wanted
     * @param prefixes beginnings of strings that are wanted wherever they stand, e.g. {@code files/}; ASCII, not empty
     */
    public JsonScan(int maxDepth, List<String> members, List<String> prefixes) {
        this.maxDepth = maxDepth;
        this.memberNames = List.copyOf(members);
        this.members = members.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        this.prefixes = new Prefixes(prefixes, MAX_MATCHES);
    }

    /**
     * Scans a text.
     *
     * @throws MalformedJson when it is not acceptable
     */
    public Found scan(byte[] json) {
        JsonPass pass = new JsonPass(json, maxDepth, members, prefixes);
        pass.run();
        return new Found(json, memberNames, pass.spans(), pass.matches());
    }

    /** What a JSON value is. */
    public enum Kind {
        OBJECT, ARRAY, STRING, NUMBER, TRUE, FALSE, NULL
    }

    /** Where a value stands in the text. @param end behind its last byte */
    public record Span(int start, int end) {
    }

    /** What was found in one text. Keeps the text. */
    public static final class Found {
        private final byte[] json;
        private final List<String> members;
        private final int[] spans;
        private final List<String> matches;

        private Found(byte[] json, List<String> members, int[] spans, List<String> matches) {
            this.json = json;
            this.members = members;
            this.spans = spans;
            this.matches = matches;
        }

        /** Where the value of a wanted member stands, its quotes included; empty when the object has no such member. */
        public Optional<Span> span(String member) {
            int index = index(member);
            return spans[index] < 0 ? Optional.empty() : Optional.of(new Span(spans[index], spans[index + 1]));
        }

        /** What the value of a wanted member is; empty when the object has no such member. */
        public Optional<Kind> kind(String member) {
            int start = spans[index(member)];
            return start < 0 ? Optional.empty() : Optional.of(switch (json[start]) {
                case '{' -> Kind.OBJECT;
                case '[' -> Kind.ARRAY;
                case '"' -> Kind.STRING;
                case 't' -> Kind.TRUE;
                case 'f' -> Kind.FALSE;
                case 'n' -> Kind.NULL;
                default -> Kind.NUMBER;
            });
        }

        /** The value of a wanted member when it is a string. */
        public Optional<String> string(String member) {
            int index = index(member);
            int start = spans[index];
            return start < 0 || json[start] != '"' ? Optional.empty() : Optional.of(JsonText.decode(json, start + 1, spans[index + 1] - 1));
        }

        /** The value of a wanted member when it is true or false. */
        public Optional<Boolean> truth(String member) {
            int start = spans[index(member)];
            return start < 0 || json[start] != 't' && json[start] != 'f' ? Optional.empty() : Optional.of(json[start] == 't');
        }

        /** The different strings with a wanted beginning, in the order of the text: at most 64, none longer than 2,048 bytes, no keys. */
        public List<String> matches() {
            return matches;
        }

        private int index(String member) {
            int index = members.indexOf(member);
            if (index < 0) {
                throw new IllegalArgumentException("this scan does not look for the member " + member);
            }
            return 2 * index;
        }
    }
}
