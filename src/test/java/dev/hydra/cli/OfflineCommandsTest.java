package dev.hydra.cli;

/** Commands that open the database themselves. */
class OfflineCommandsTest extends StateCommands {
    @Override
    void begin() {
        // Nothing runs.
    }

    @Override
    void finish() {
        // Nothing ran.
    }

    @Override
    boolean running() {
        return false;
    }
}
