package dev.hydra.dialect.messages;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Usage;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Where {@link MessagesReply} sends what it understood: one message, or a stream of events. Blocks never interleave: each is closed before the
 * next is opened.
 */
sealed interface MessagesOutput permits MessagesStream, MessagesWhole {
    /** Comes once, before all else. @param soFar tokens as far as they are known */
    void begin(Usage soFar, OutputStream out) throws IOException;

    void openText(OutputStream out) throws IOException;

    void openThinking(OutputStream out) throws IOException;

    /** @param type {@code tool_use} or {@code server_tool_use} */
    void openCall(String type, String id, String name, OutputStream out) throws IOException;

    /** More of the open text, in pieces that are to be joined. */
    void text(OutputStream out, String... pieces) throws IOException;

    void thinking(String text, OutputStream out) throws IOException;

    /** The last of a thinking block. */
    void signature(String signature, OutputStream out) throws IOException;

    /** More of the open call's JSON. */
    void input(String json, OutputStream out) throws IOException;

    /** A source of the open text. @param quoted the words that it supports; may be empty */
    void citation(Cited source, String quoted, OutputStream out) throws IOException;

    /** A whole block in Anthropic's own form. */
    void block(JsonObject block, OutputStream out) throws IOException;

    /** Ends the open block. */
    void close(OutputStream out) throws IOException;

    void end(Stop stop, Usage usage, OutputStream out) throws IOException;

    /** @param error an error document */
    void fail(byte[] error, OutputStream out) throws IOException;

    /** How the message ended. @param reason Anthropic's word @param explanation of a refusal; may be empty */
    record Stop(String reason, String explanation) {
    }
}
