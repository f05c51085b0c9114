package dev.hydra.keys;

/** A key that is taken until {@link SharedState#release}. Made by the shared state, which alone knows what else is in it. */
public interface Grant {
    /** The key's id. */
    String key();
}
