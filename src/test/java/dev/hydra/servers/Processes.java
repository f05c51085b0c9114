package dev.hydra.servers;

/** Processes that something else has started for the tests. */
final class Processes {
    private Processes() {
    }

    /** The Java process below this one that has the text in its command line. */
    static long childWith(String text) {
        return ProcessHandle.current().descendants()
                .filter(process -> process.info().commandLine().filter(line -> line.contains(text) && line.contains("java")).isPresent())
                .findFirst().orElseThrow(() -> new IllegalStateException("no process of " + text)).pid();
    }
}
