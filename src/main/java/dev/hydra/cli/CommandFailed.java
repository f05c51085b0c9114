package dev.hydra.cli;

/** A command cannot do what it was asked; the message is for the user and says how to go on. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
