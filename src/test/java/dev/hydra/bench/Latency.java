package dev.hydra.bench;

import java.util.List;
import java.util.function.ToLongFunction;

/** Distribution of timings in milliseconds, each sorted. */
record Latency(double[] first, double[] full) {

    static Latency of(List<Client.Timing> timings) {
        return new Latency(sorted(timings, Client.Timing::first), sorted(timings, Client.Timing::full));
    }

    /** @param share 0 to 1, e.g. 0.99 */
    static double at(double share, double[] sorted) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }

    private static double[] sorted(List<Client.Timing> timings, ToLongFunction<Client.Timing> which) {
        return timings.stream().mapToDouble(timing -> which.applyAsLong(timing) / 1e6).sorted().toArray();
    }
}
