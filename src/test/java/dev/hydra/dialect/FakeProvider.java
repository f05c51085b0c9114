package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A provider of one format: its dialect, and its replies to the cases in its own words. JSON may be written with single quotes. */
interface FakeProvider {
    ProviderDialect dialect();

    /** Whether its format has words for this case. */
    default boolean says(ProviderCase which) {
        return true;
    }

    /** What its reply to a case amounts to; the same for all providers where the format allows it. */
    default ProviderCase.Outcome outcome(ProviderCase which) {
        return which.expected();
    }

    /** The messages of a streamed reply: the data of its events. */
    List<String> streamed(ProviderCase which);

    /** A whole reply; with {@link ProviderCase#ERROR_IN_STREAM} it is the error document. */
    String whole(ProviderCase which);

    /** Texts of which each must stand in the request that is made of {@link FakeClient#history}. */
    List<String> traces();

    /** The events that a reader makes of a reply. */
    static List<ReplyEvent> read(ProviderRequest request, List<String> messages) {
        ReplyReader reader = request.reader();
        List<ReplyEvent> events = new ArrayList<>();
        for (String message : messages) {
            byte[] bytes = ("??" + message.replace('\'', '"') + "?").getBytes(StandardCharsets.UTF_8); // only the middle is the message
            reader.read(bytes, 2, bytes.length - 3, events::add);
        }
        reader.end(events::add);
        return events;
    }
}
