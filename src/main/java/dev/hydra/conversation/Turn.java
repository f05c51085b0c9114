package dev.hydra.conversation;

import java.util.List;

/** What one side said before the other side spoke. */
public record Turn(Role role, List<Part> parts) {
    /** Who speaks. */
    public enum Role {
        USER, MODEL
    }
}
