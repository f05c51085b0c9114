package dev.hydra.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {
    @TempDir
    Path temp;

    @Test
    void aSecondStartUsesTheSameFolder() throws IOException {
        Path war = war("hydra.war", Map.of("WEB-INF/web.xml", "<web-app/>"), 1);

        try (Held first = held(war)) {
            Path marker = first.directory().resolve("marker");
            Files.writeString(marker, "here");
            assertThat(first.directory().resolve("web/WEB-INF/web.xml")).hasContent("<web-app/>");
            assertThat(marker).exists();
        }
        try (Held second = held(war)) {
            assertThat(second.directory().resolve("marker")).hasContent("here");
        }
    }

    @Test
    void aNewWarReplacesTheFolderOfAnOldOneThatNoLongerRuns() throws IOException {
        Path old;
        try (Held first = held(war("hydra.war", Map.of("a", "1"), 1))) {
            old = first.directory();
        }
        try (Held second = held(war("hydra.war", Map.of("a", "2"), 2))) {
            assertThat(second.directory().resolve("web/a")).hasContent("2");
            assertThat(old).doesNotExist();
        }
    }

    @Test
    void allClassesAreInOneJarBesideTheLibraries() throws IOException {
        Path war = war("hydra.war",
                Map.of("WEB-INF/classes/dev/A.class", "a", "dev/B.class", "b", "WEB-INF/classes/META-INF/persistence.xml", "p",
                        "WEB-INF/beans.xml", "beans", "WEB-INF/lib/c.jar", "c", "WEB-INF/boot/c.jar", "c", "WEB-INF/boot/d.jar", "d"),
                1);

        try (Held held = held(war); ZipFile classes = new ZipFile(held.directory().resolve("lib/hydra.jar").toFile())) {
            assertThat(held.unpacked().jars()).extracting(jar -> jar.getFileName().toString()).containsExactly("c.jar", "d.jar",
                    "hydra.jar");
            assertThat(classes.stream().map(ZipEntry::getName)).containsExactlyInAnyOrder("dev/A.class", "dev/B.class",
                    "META-INF/persistence.xml", "META-INF/beans.xml");
        }
    }

    @Test
    void leavesNothingHalfWrittenBehind() throws IOException {
        try (Held held = held(war("hydra.war", Map.of("a", "1"), 1)); Stream<Path> files = Files.list(held.directory().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".partial"));
        }
    }

    @Test
    void refusesAnEntryOutsideOfTheFolder() throws IOException {
        Path war = war("evil.war", Map.of("../../escaped", "x"), 1);

        assertThatThrownBy(() -> Unpacked.of(war, temp.resolve("home/app"))).isInstanceOf(IOException.class)
                .hasMessageContaining("escaped");
        assertThat(temp.resolve("escaped")).doesNotExist();
        assertThat(temp.resolve("home/escaped")).doesNotExist();
    }

    private Held held(Path war) throws IOException {
        return new Held(Unpacked.of(war, temp.resolve("home/app")));
    }

    private Path war(String name, Map<String, String> entries, long modifiedSeconds) throws IOException {
        Path war = temp.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (Map.Entry<String, String> entry : List.copyOf(entries.entrySet())) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        Files.setLastModifiedTime(war, FileTime.fromMillis(modifiedSeconds * 1000));
        return war;
    }

    /** Gives the lock back, as the end of a process would. */
    private record Held(Unpacked unpacked) implements AutoCloseable {
        Path directory() {
            return unpacked.directory();
        }

        @Override
        public void close() throws IOException {
            unpacked.lock().acquiredBy().close();
        }
    }
}
