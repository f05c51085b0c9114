package dev.hydra.dialect.gemini;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The forms in which a reply's messages reach a client (spec mapping §0.2). */
enum Framing {
    /** One document. */
    WHOLE("application/json"),
    /** Server-sent events, as Google writes them: with CRLF and without an end marker. */
    EVENTS("text/event-stream"),
    /** One JSON array that grows: what a stream is without {@code alt=sse}. */
    ARRAY("application/json");

    private static final byte[] DATA = ascii("data: ");
    private static final byte[] EVENT_END = ascii("\r\n\r\n");
    private static final byte[] SEPARATOR = ascii(",\r\n");

    private final String type;

    Framing(String type) {
        this.type = type;
    }

    /** The content type. */
    String type() {
        return type;
    }

    /** Writes a message. @param first whether it is the reply's first one */
    void message(byte[] message, boolean first, OutputStream out) throws IOException {
        switch (this) {
            case WHOLE -> out.write(message);
            case EVENTS -> {
                out.write(DATA);
                out.write(message);
                out.write(EVENT_END);
            }
            case ARRAY -> {
                if (first) {
                    out.write('[');
                } else {
                    out.write(SEPARATOR);
                }
                out.write(message);
            }
        }
    }

    /** Writes what ends a reply. @param empty whether there was no message */
    void end(boolean empty, OutputStream out) throws IOException {
        if (this == ARRAY) {
            if (empty) {
                out.write('[');
            }
            out.write(']');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
