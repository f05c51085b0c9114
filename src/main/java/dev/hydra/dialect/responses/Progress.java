package dev.hydra.dialect.responses;

import java.io.IOException;
import java.io.OutputStream;

/** What {@link ResponsesReply} tells while the reply grows. A whole answer waits for the end; a stream has an event for each of these. */
interface Progress {
    /** The provider has begun. */
    void begun(ResponseDocument document, OutputStream out) throws IOException;

    /** A new item stands at {@code index} of the output. */
    void added(OutputItem item, int index, OutputStream out) throws IOException;

    /** More of a message's text, a refusal, a reasoning summary or a call's arguments. */
    void grown(OutputItem item, int index, String delta, OutputStream out) throws IOException;

    /** A source of a message that is still open. */
    void cited(OutputItem.Message message, int index, OutputStream out) throws IOException;

    /** The item is closed. */
    void done(OutputItem item, int index, OutputStream out) throws IOException;

    /** The reply is complete. */
    void end(ResponseDocument document, OutputStream out) throws IOException;

    /** The reply broke. @param document its state is failed */
    void fail(ResponseDocument document, OutputStream out) throws IOException;
}
