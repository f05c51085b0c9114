package dev.hydra.dialect;

import dev.hydra.wire.Passage;
import java.util.List;

/** A request as a provider takes it, and the way to read its reply. Can be sent several times; each reply needs a new reader. */
public interface ProviderRequest {
    /** The body; not to be changed. */
    byte[] body();

    /** As {@link #body}, in a format whose body says how the reply is wanted. @param streamed whether as server-sent events */
    default byte[] body(boolean streamed) {
        return body();
    }

    /** What the address and the headers of the call carry beside what the provider always wants; nothing for a translated request. */
    default Passage passage() {
        return Passage.NONE;
    }

    /** Whether the model is to search the web itself. May take some time for a large body. */
    default boolean searches() {
        return false;
    }

    /** What the provider's format or this model cannot carry; see {@link ClientRequest#ignored}. */
    List<String> ignored();

    /** A reader for one reply to this request (it gives functions back the names that the client declared). */
    ReplyReader reader();
}
