package dev.hydra.conversation;

import jakarta.json.JsonObject;
import java.util.List;

/** One piece of a turn. */
public sealed interface Part {

    /**
     * Visible text.
     *
     * @param text never null; may be empty only when it carries a seal
     */
    record Text(String text, Seal seal) implements Part {
        /** Text without a signature. */
        public Text(String text) {
            this(text, Seal.NONE);
        }
    }

    /** A model's thought; replayed to a provider only together with its own seal. */
    record Thought(String text, Seal seal) implements Part {
    }

    /**
     * An image, a sound, a video or a document.
     *
     * @param mimeType e.g. {@code image/png}; empty when the client did not say (then it is sniffed or left to the provider)
     * @param detail   wanted resolution: {@code low}, {@code medium}, {@code high}, {@code original}, {@code auto}; empty = not said
     * @param name     file name as given by the client; may be empty
     * @param clip     further vendor fields for videos (Gemini's {@code videoMetadata}); empty object when there are none
     */
    record Media(String mimeType, Source source, String detail, String name, JsonObject clip, Seal seal) implements Part {
    }

    /** Where the bytes of a {@link Media} are. */
    sealed interface Source {
        /** Inside the request. @param base64 standard base64 with padding, no white space */
        record Inline(String base64) implements Source {
        }

        /** Somewhere else. @param uri absolute: https, gs, or a file of the provider */
        record Link(String uri) implements Source {
        }
    }

    /**
     * The model asks for a function.
     *
     * @param id        the call's id, unique in its reply; may be empty where the provider gives none
     * @param name      the function's name as the client declared it
     * @param arguments never null; key order kept
     */
    record ToolCall(String id, String name, JsonObject arguments, Seal seal) implements Part {
    }

    /**
     * The client's answer to a {@link ToolCall}.
     *
     * @param callId  id of the call; may be empty
     * @param name    the function's name; empty when the call is not known
     * @param content text and media, in order; text is opaque and is never read as a schema
     * @param error   whether the client says that the call failed
     */
    record ToolResult(String callId, String name, List<Part> content, boolean error) implements Part {
    }

    /**
     * Something only one wire format knows (e.g. Gemini's {@code executableCode}); forwarded unchanged to that format alone.
     *
     * @param dialect id of the dialect it came from
     */
    record Foreign(String dialect, JsonObject json) implements Part {
    }
}
