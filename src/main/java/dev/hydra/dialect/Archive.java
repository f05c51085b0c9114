package dev.hydra.dialect;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Replies that are kept for one caller, so that a later request can build on them by name. A caller never sees another one's.
 */
public interface Archive {
    /** Keeps nothing and finds nothing. */
    Archive NONE = new Archive() {
        @Override
        public void keep(Kept kept) {
            // Nobody will ask for it.
        }

        @Override
        public List<Kept> chain(String id) {
            return List.of();
        }

        @Override
        public boolean delete(String id) {
            return false;
        }
    };

    /**
     * One exchange in its wire format's own form.
     *
     * @param id       the reply's id, as the client knows it
     * @param previous id of the reply that it builds on; empty when it begins a conversation
     * @param input    what the client said in this exchange alone, as it came
     * @param reply    the reply as the client got it
     * @param full     the reply's items with all that must come back to the provider; JSON null when {@code reply} has it all
     * @param size     bytes that it takes in memory, roughly
     */
    record Kept(String id, String previous, JsonValue input, JsonObject reply, JsonValue full, long size) {
    }

    /** Keeps an exchange until it expires. Never waits; when the archive cannot take it, that is logged and a later request will not find it. */
    void keep(Kept kept);

    /**
     * The exchange of that id and all that it builds on, oldest first. May wait for the database.
     *
     * @return empty when the exchange, or one that it builds on, is not known, is another caller's, was deleted, or has expired
     * @throws Unavailable when nobody can tell now
     */
    List<Kept> chain(String id);

    /** One exchange alone. @throws Unavailable when nobody can tell now */
    default Optional<Kept> find(String id) {
        List<Kept> chain = chain(id);
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast());
    }

    /** Forgets an exchange. @return false when there was none @throws Unavailable when that cannot be done now */
    boolean delete(String id);

    /** The archive cannot be asked now. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param cause what the store said, for the log */
        public Unavailable(Throwable cause) {
            super("kept replies cannot be read now", cause);
        }
    }
}
