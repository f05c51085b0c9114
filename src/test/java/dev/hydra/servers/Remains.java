package dev.hydra.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Looks into a server's JVM for what an undeployed application has left. */
final class Remains {
    /** In the frames of a thread that is the application's, whatever its name. */
    private static final List<String> FRAMES = List.of("dev.hydra.", "com.zaxxer.hikari.", "org.h2.", "com.github.benmanes.",
            "redis.clients.",
            "org.apache.hc.");
    private static final int PATIENCE_SECONDS = 30;

    private Remains() {
    }

    /** No thread runs the application's code or that of its libraries, virtual ones included. */
    static void assertNoThread(long process) {
        Awaitility.await("end of the application's threads").atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(threads(process)).noneMatch(line -> FRAMES.stream().anyMatch(line::contains)));
    }

    /** Nothing holds the application's class loader. */
    static void assertNoClass(long process) {
        Awaitility.await("end of the application's class loader").atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(instances(process)).isEmpty());
    }

    /** Lines of the heap's histogram about our classes: constants of enums are there as long as their class loader is. */
    private static List<String> instances(long process) throws IOException, InterruptedException {
        return jcmd(process, "GC.class_histogram").lines().filter(line -> line.contains(" dev.hydra.") || line.contains("Ldev.hydra."))
                .toList();
    }

    /** The lines of a dump of all threads, virtual ones included. */
    static List<String> threads(long process) throws IOException, InterruptedException {
        Path dump = Files.createTempFile("threads", ".txt");
        try {
            jcmd(process, "Thread.dump_to_file", "-overwrite", dump.toString());
            return Files.readAllLines(dump);
        } finally {
            Files.delete(dump);
        }
    }

    private static String jcmd(long process, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process));
        builder.command().addAll(List.of(command));
        Process jcmd = builder.redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }
}
