package dev.hydra.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache as {@code ./hydra} makes and uses it. */
class AotCacheIT {
    @TempDir
    Path temp;

    @Test
    void aStartWithTheOptionsTakesItsClassesFromTheCache() throws Exception {
        Path folder = temp.resolve("with a space");
        String made = java(List.of("-cp", System.getProperty("hydra.war"), AotCache.class.getName(), folder.toString()));
        Path options = folder.resolve(AotCache.OPTIONS);
        assertThat(options).as(made).exists();

        String said = java(List.of("@" + options, "version"));
        String logged = java(List.of("-Xlog:class+load", "@" + options, "version"));

        assertThat(said.lines()).as("nothing of the JVM's own").hasSize(1);
        assertThat(logged).containsPattern("dev\\.hydra\\.cli\\.Main source: shared objects file")
                .containsPattern("dev\\.hydra\\.cli\\.VersionCommand source: shared objects file");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).as("nothing of the training").hasSize(3);
        }
    }

    private static String java(List<String> arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED");
        builder.command().addAll(arguments);
        builder.environment().keySet().removeIf(name -> name.startsWith("HYDRA_") || name.startsWith("GEMINI_"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
