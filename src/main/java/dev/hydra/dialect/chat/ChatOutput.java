package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Where {@link ChatReply} sends what it understood: one completion, or a stream of chunks. Only {@link #end} owes a whole body. */
sealed interface ChatOutput permits ChatStream, ChatWhole {
    /** Known before the first choice opens. @param responseId may be empty @param modelVersion may be empty */
    void started(String responseId, String modelVersion);

    /** A choice begins; comes once, before anything else of that choice. */
    void opened(int choice, OutputStream out) throws IOException;

    void content(int choice, String text, OutputStream out) throws IOException;

    void reasoning(int choice, String text, OutputStream out) throws IOException;

    /** A call begins; its arguments follow. */
    void call(int choice, ChatCall call, OutputStream out) throws IOException;

    /** More of a call's arguments, or a custom tool's whole input. */
    void arguments(int choice, ChatCall call, String text, OutputStream out) throws IOException;

    /** @param index counts the pictures of this choice from 0 */
    void image(int choice, int index, MediaMade image, OutputStream out) throws IOException;

    void audio(int choice, MediaMade audio, OutputStream out) throws IOException;

    void annotations(int choice, List<Annotation> annotations, OutputStream out) throws IOException;

    void logprobs(int choice, List<TokenLogprob> tokens, OutputStream out) throws IOException;

    void refusal(int choice, String text, OutputStream out) throws IOException;

    /** The last of a choice. @param reason OpenAI's word */
    void finished(int choice, String reason, Extras extras, OutputStream out) throws IOException;

    void end(Usage usage, String serviceTier, OutputStream out) throws IOException;

    /** @param error an error document */
    void fail(byte[] error, OutputStream out) throws IOException;

    /** A source of the text. @param start first character of {@code content} in code points @param end one past the last */
    record Annotation(int start, int end, String uri, String title) {
    }
}
