package dev.hydra.keys;

import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.time.Clock;
import java.util.List;

/**
 * The keys without a server: for commands that open the database themselves. Configured sources are not read, since the command may run with other
 * variables than the server; {@link #close} writes what has changed and leaves the database open.
 */
public final class KeyDesk implements AutoCloseable {
    private final Keys keys;
    private final KeyPool pool;
    private final ModelCatalogue catalogue;
    private final StateStore states;
    private final SharedState state;
    private final Clock clock;
    private final ModelNames names;
    private final Caps caps;
    private final KeyCheck check;
    private final Background background = new Background();

    /** Reads the keys and the pool's state. */
    public KeyDesk(Settings settings, Database database, Encryption encryption, Clock clock) {
        KeyStore store = new KeyStore(database, encryption);
        this.clock = clock;
        state = new LocalState(settings.pool(), clock);
        caps = new Caps(settings, database, clock);
        pool = new KeyPool(state, caps, clock);
        check = new KeyCheck(settings);
        catalogue = new ModelCatalogue(store);
        states = new StateStore(database, state);
        names = new ModelNames(settings, database, state, catalogue);
        KeyBook book = new KeyBook(store, clock);
        keys = new Keys(settings, book, pool, check, catalogue, background);
        names.open();
        caps.open();
        keys.open();
        states.restore();
    }

    /** Add, list, check, remove, reset. */
    public Keys keys() {
        return keys;
    }

    /** Aliases and quota groups. */
    public ModelNames names() {
        return names;
    }

    /** What should be looked at. */
    public List<Attention.Item> attention() {
        return new Attention(keys, state, catalogue, caps, clock).items();
    }

    /** Caps on the use of models. */
    public Caps caps() {
        return caps;
    }

    /** Their models. */
    public ModelCatalogue catalogue() {
        return catalogue;
    }

    /** A pool over them. */
    public KeyPool pool() {
        return pool;
    }

    @Override
    public void close() {
        background.end(check::close);
        states.flush();
        caps.flush();
    }
}
