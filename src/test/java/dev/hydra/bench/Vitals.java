package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds.
 *
 * @param heap    MiB of objects that a full collection leaves
 * @param rss     MiB of physical memory
 * @param threads of the operating system
 * @param virtual virtual threads
 * @param handles open files and sockets
 * @param sockets those of them that are sockets
 */
record Vitals(double heap, double rss, long threads, long virtual, long handles, long sockets) {
    private static final double KIB_OF_MIB = 1024;
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)");

    /** @param directory for a file */
    static Vitals of(long process, Path directory) throws IOException {
        // Counted at the end of a full collection: GC.heap_info comes later and has what was allocated in between.
        double heap = jcmd(process, "GC.class_histogram").lines().map(TOTAL::matcher).filter(Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)) / KIB_OF_MIB / KIB_OF_MIB).sum();
        Path proc = Path.of("/proc", Long.toString(process));
        double rss = Files.readAllLines(proc.resolve("status")).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / KIB_OF_MIB).sum();
        return new Vitals(heap, rss, count(proc.resolve("task"), false), virtual(process, directory), count(proc.resolve("fd"), false),
                count(proc.resolve("fd"), true));
    }

    /** In words. */
    String line() {
        return String.format(Locale.ROOT, "heap %.1f MiB, RSS %.0f MiB, %d threads, %d virtual threads, %d handles, %d of them sockets",
                heap,
                rss, threads, virtual, handles, sockets);
    }

    /** From an earlier moment to this one, in words. */
    String since(Vitals before) {
        return String.format(Locale.ROOT,
                "heap %.1f -> %.1f MiB, RSS %.0f -> %.0f MiB, threads %d -> %d, virtual threads %d -> %d, handles %d -> %d, sockets %d -> %d",
                before.heap, heap, before.rss, rss, before.threads, threads, before.virtual, virtual, before.handles, handles,
                before.sockets, sockets);
    }

    private static long count(Path folder, boolean socketsOnly) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(entry -> !socketsOnly || isSocket(entry)).count();
        }
    }

    private static boolean isSocket(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long virtual(long process, Path directory) throws IOException {
        Path dump = directory.resolve("threads.txt").toAbsolutePath();
        jcmd(process, "Thread.dump_to_file", "-overwrite", dump.toString());
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> line.startsWith("#") && line.contains(" virtual")).count();
        }
    }

    private static String jcmd(long process, String... command) throws IOException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(Stream.concat(Stream.of(program, Long.toString(process)), Stream.of(command)).toList())
                .redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
