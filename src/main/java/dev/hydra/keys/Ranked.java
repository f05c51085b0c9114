package dev.hydra.keys;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Something that a {@link Rota} orders. Its fields may only be changed while it is in no rota. Times are milliseconds since 1970. */
abstract class Ranked {
    static final long NEVER = Long.MAX_VALUE;
    static final Comparator<Ranked> BEST_FIRST = (a, b) -> {
        if (a == b) {
            return 0;
        }
        int byLoad = Double.compare(a.overload, b.overload);
        if (byLoad == 0) {
            byLoad = Double.compare(a.load, b.load);
        }
        if (byLoad == 0) {
            byLoad = Long.compare(a.lastUse, b.lastUse);
        }
        return byLoad == 0 ? byOrder(a, b) : byLoad;
    };
    static final Comparator<Ranked> SOONEST_FIRST = (a, b) -> {
        int byTime = Long.compare(a.wake, b.wake);
        return byTime == 0 ? byOrder(a, b) : byTime;
    };

    /** Place in the operator's order. */
    final long order;
    /** Unique within a rota. */
    final String name;
    /** 0 while there is room; below 1 when it had better be spared; else how full it is: 1 = just full. */
    double overload;
    /** Requests in flight, for the strategies that look at it. */
    double load;
    /** Number of the last use, 0 = never, for the strategies that look at it. */
    long lastUse;
    /** What it rests for; null = it is ready. */
    @Nullable
    Rest rest;
    /** When something changes by itself: the end of the rest, or of the rest of a part of it. */
    long wake = NEVER;
    /** Where it stands in its {@link Ranking}; null while it is in none. */
    Ranking.@Nullable Block block;

    Ranked(long order, String name) {
        this.order = order;
        this.name = name;
    }

    private static int byOrder(Ranked a, Ranked b) {
        int byPlace = Long.compare(a.order, b.order);
        return byPlace == 0 ? a.name.compareTo(b.name) : byPlace;
    }

    /** Whether one that was never used would be the better choice. */
    final boolean worseThanFresh() {
        return overload > 0 || load > 0 || lastUse > 0;
    }
}
