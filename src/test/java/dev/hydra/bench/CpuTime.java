package dev.hydra.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU that a process and its descendants have used, from {@code /proc}.
 *
 * @param ticks    user and system time in hundredths of a second, which is what Linux counts in on every platform that runs a JVM
 * @param jvmTicks the part of it that a JVM's compiler and collector threads used; 0 for other processes
 */
record CpuTime(long ticks, long jvmTicks) {
    private static final double MICROS_PER_TICK = 10_000;
    /** How the kernel, which keeps 15 characters, calls the threads of HotSpot that run none of the application's code. */
    private static final List<String> JVM_THREADS = List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ", "VM Thread", "VM Periodic");

    static CpuTime of(ProcessHandle process) {
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants())) {
            return all.map(one -> of(Path.of("/proc", Long.toString(one.pid())))).reduce(new CpuTime(0, 0),
                    (a, b) -> new CpuTime(a.ticks + b.ticks, a.jvmTicks + b.jvmTicks));
        }
    }

    CpuTime minus(CpuTime earlier) {
        return new CpuTime(ticks - earlier.ticks, jvmTicks - earlier.jvmTicks);
    }

    /** Microseconds for each of {@code requests}. */
    double microsPer(long requests) {
        return ticks * MICROS_PER_TICK / requests;
    }

    /** 0 to 1. */
    double jvmShare() {
        return ticks == 0 ? 0 : (double) jvmTicks / ticks;
    }

    private static CpuTime of(Path process) {
        if (stat(process).isEmpty()) {
            return new CpuTime(0, 0);
        }
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            long jvm = threads.map(CpuTime::stat).filter(stat -> JVM_THREADS.stream().anyMatch(stat::contains)).mapToLong(CpuTime::ticks)
                    .sum();
            return new CpuTime(ticks(stat(process)), jvm);
        } catch (IOException e) {
            throw new UncheckedIOException("CPU time is read from /proc, which only Linux has", e);
        }
    }

    /** The line of a process or thread; of one that has just ended an empty one. */
    private static String stat(Path entry) {
        try {
            return Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields 14 and 15, utime and stime; the name in field 2 may contain spaces. */
    private static long ticks(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
