package dev.hydra.keys;

/** What Redis says to a node that wants a key. Times are milliseconds from now. */
sealed interface Answer {

    /** The key is this node's. */
    record Taken() implements Answer {
    }

    /** Somebody has to rest. */
    record Resting(Note note) implements Answer {
    }

    /** The minute is full. @param left until this request has room; {@code any} = until any has, 0 = a smaller one has now */
    record Full(long left, long any) implements Answer {
    }

    /** The day's requests are used up. */
    record DayOver(long left) implements Answer {
    }

    /** The key has as many requests under way as it should have. */
    record Busy() implements Answer {
    }

    /** There is room, but another node waits for it, and this one was the last to get some. */
    record Turn(long left) implements Answer {
    }

    /** Redis has to be told first what this node knows of the project. */
    record Unseeded() implements Answer {
    }

    /** Redis was asked in vain; it may have heard the question. */
    record Lost() implements Answer {
    }
}
