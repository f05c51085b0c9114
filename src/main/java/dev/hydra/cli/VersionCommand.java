package dev.hydra.cli;

import dev.hydra.Version;
import picocli.CommandLine.Command;

/** {@code hydra version}. */
@Command(name = "version", description = "Version of Hydra and of the Java that runs it.")
final class VersionCommand implements Runnable {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.print("hydra " + Version.TEXT + " (Java " + Runtime.version() + ")");
    }
}
