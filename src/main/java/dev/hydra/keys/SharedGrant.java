package dev.hydra.keys;

import org.jspecify.annotations.Nullable;

/** A key that was taken at this node's own state and, where {@link #id} is not empty, in Redis. */
final class SharedGrant implements Grant {
    private final Grant own;
    private final Terms terms;
    private final String id;
    private final Window.@Nullable Use use;
    private volatile long renewed;

    /** @param id of the lease in Redis; empty = it has none. {@code use} = in the ledger; null where nothing is counted */
    SharedGrant(Grant own, Terms terms, String id, Window.@Nullable Use use, long now) {
        this.own = own;
        this.terms = terms;
        this.id = id;
        this.use = use;
        this.renewed = now;
    }

    @Override
    public String key() {
        return terms.key();
    }

    Grant own() {
        return own;
    }

    Terms terms() {
        return terms;
    }

    String id() {
        return id;
    }

    Window.@Nullable Use use() {
        return use;
    }

    /** When Redis last heard of it, in milliseconds since 1970. */
    long renewed() {
        return renewed;
    }

    void renewedAt(long now) {
        renewed = now;
    }
}
