package dev.hydra.servers;

import java.util.Optional;
import java.util.OptionalLong;

/** Processes that something else has started for the tests. */
final class Processes {
    private Processes() {
    }

    /** The Java process below this one that has the text in its command line. */
    static Optional<ProcessHandle> childWith(String text) {
        return ProcessHandle.current().descendants()
                .filter(process -> process.info().commandLine().filter(line -> line.contains(text) && line.contains("java")).isPresent())
                .findFirst();
    }

    static OptionalLong idOf(Optional<ProcessHandle> process) {
        return process.map(found -> OptionalLong.of(found.pid())).orElseGet(OptionalLong::empty);
    }
}
