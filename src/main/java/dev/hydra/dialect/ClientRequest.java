package dev.hydra.dialect;

import dev.hydra.conversation.Conversation;
import java.util.List;

/** A client's request, read; and the way to answer it. Made for one exchange. */
public interface ClientRequest {
    /** What was said. */
    Conversation conversation();

    /** Fields that were understood but cannot be carried; listed in the answer's {@code Hydra-Ignored} header and in the audit. */
    List<String> ignored();

    /** Media type of a reply that is sent at once. */
    default String wholeType() {
        return "application/json";
    }

    /** A writer for a reply that is sent at once. May throw {@link NoAnswer} at the end. */
    ReplyWriter whole(ReplyHead head);

    /** A writer for a reply that is sent as a stream. */
    ReplyWriter stream(ReplyHead head);
}
