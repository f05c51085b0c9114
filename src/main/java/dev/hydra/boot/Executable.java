package dev.hydra.boot;

import dev.hydra.cli.Main;
import java.io.IOException;
import java.nio.file.Path;

/** One command of the unpacked executable, whose jars are on this class's own class path. */
public final class Executable {
    private static final int CANNOT_START = 70;

    private Executable() {
    }

    /**
     * Runs one command and ends the JVM with its exit code; 70 when this is no unpacked WAR.
     *
     * @param args the command line, passed on unchanged
     */
    public static void main(String[] args) {
        try {
            run(Unpacked.running().web(), args);
        } catch (IOException e) {
            System.err.println("hydra: cannot start: " + e);
            System.exit(CANNOT_START);
        }
    }

    /**
     * The same for a caller that holds the folder.
     *
     * @param web what the server serves: {@link Unpacked#web}
     */
    public static void run(Path web, String[] args) {
        System.exit(Main.run(args, settings -> EmbeddedTomcat.start(web, settings)));
    }
}
