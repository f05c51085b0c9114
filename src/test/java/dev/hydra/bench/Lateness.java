package dev.hydra.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How late the chunks of streams were.
 *
 * @param streams  that were begun
 * @param complete those of them that came whole
 * @param missing  chunks
 * @param micros   of each chunk that came, ascending
 */
record Lateness(int streams, int complete, long missing, int[] micros) {

    /** Of several runs together. */
    static Lateness of(Collection<StreamsRun> runs) {
        int[] late = runs.stream().flatMapToInt(StreamsRun::late).toArray();
        int[] came = IntStream.of(late).filter(micros -> micros >= 0).sorted().toArray();
        return new Lateness(runs.stream().mapToInt(StreamsRun::streams).sum(), runs.stream().mapToInt(StreamsRun::complete).sum(),
                late.length - came.length, came);
    }

    /** In words. */
    String line() {
        return String.format(Locale.ROOT,
                "%d of %d streams complete, %d chunks missing; late p50 %.1f ms, p99 %.1f ms, at most %.1f ms", complete, streams, missing,
                at(50), at(99), at(100));
    }

    /** In milliseconds. */
    private double at(int percent) {
        return micros.length == 0 ? 0 : micros[(int) Math.min(micros.length - 1L, (long) micros.length * percent / 100)] / 1000.0;
    }
}
