package dev.hydra.dialect.responses;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.dialect.ShownText;
import java.util.ArrayList;
import java.util.List;

/** One element of {@code output} while it grows. */
abstract sealed class OutputItem {
    private final String id;
    private boolean closed;

    OutputItem(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Whether nothing is added any more. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** A source of a message's text. Positions in code points of that text. */
    record Annotation(int start, int end, String uri, String title) {
    }

    /** What the model says, or a refusal in its place. */
    static final class Message extends OutputItem {
        final StringBuilder text = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final List<Annotation> annotations = new ArrayList<>();
        final List<TokenLogprob> logprobs = new ArrayList<>();
        final ShownText shown = new ShownText();
        /** What stands behind it for the provider: of several signatures there is room for the last. Text of a {@link Carrier}; may be empty. */
        String after = "";
        /** Where it begins in all visible text of the provider, in code points. */
        final int origin;

        Message(String id, int origin) {
            super(id);
            this.origin = origin;
        }

        /** Notes a source of this text. */
        Annotation cited(Cited source) {
            ShownText.Range range = shown.of(new Cited(0, source.start() - origin, source.end() - origin, source.uri(), source.title()));
            Annotation annotation = new Annotation(range.start(), range.end(), source.uri(), source.title());
            annotations.add(annotation);
            return annotation;
        }
    }

    /** Thoughts in summary, or nothing but what it carries for the provider. */
    static final class Reasoning extends OutputItem {
        final StringBuilder summary = new StringBuilder();
        /** Text of a {@link Carrier}; may be empty. */
        String carried = "";

        Reasoning(String id) {
            super(id);
        }
    }

    /** A call of a function or of a custom tool. */
    static final class Call extends OutputItem {
        final String callId;
        final String name;
        /** May be empty. */
        final String namespace;
        final boolean custom;
        /** JSON of the arguments; for a custom tool the bare input, once it is known. */
        final StringBuilder arguments = new StringBuilder();

        Call(String id, String callId, String name, String namespace, boolean custom) {
            super(id);
            this.callId = callId;
            this.name = name;
            this.namespace = namespace;
            this.custom = custom;
        }
    }

    /** A picture that the model made. */
    static final class Image extends OutputItem {
        final String base64;

        Image(String id, String base64) {
            super(id);
            this.base64 = base64;
        }
    }

    /** A search that the provider made. */
    static final class Search extends OutputItem {
        final String query;

        Search(String id, String query) {
            super(id);
            this.query = query;
        }
    }
}
