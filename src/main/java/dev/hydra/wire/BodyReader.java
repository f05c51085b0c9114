package dev.hydra.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads whole bodies, none larger than allowed and all together within a {@link ByteBudget}.
 *
 * <p>An announced length is reserved at once, but only its first {@value #TRUSTED} bytes are also allocated before they have come: to
 * announce costs a sender nothing.
 */
public final class BodyReader {
    private static final int TRUSTED = 1024 * 1024;
    private static final int UNANNOUNCED = 8 * 1024;

    private final ByteBudget budget;
    private final int limit;

    /** @param limit largest body in bytes */
    public BodyReader(ByteBudget budget, long limit) {
        this.budget = budget;
        this.limit = (int) Math.min(limit, Integer.MAX_VALUE - 16L);
    }

    /** What came of reading a body. */
    public sealed interface Outcome {
        /** The body; {@code share} is to be closed when its bytes are not needed any more. */
        record Complete(byte[] bytes, ByteBudget.Share share) implements Outcome {
        }

        /** The body is larger than allowed; the rest of it was not read. */
        record TooLarge(long limit) implements Outcome {
        }

        /** The body may be as large as it is, but not now: others take too much. */
        record NoRoom() implements Outcome {
        }
    }

    /**
     * Reads a body to its end.
     *
     * @param announced its length, or a negative number when it is not known
     * @throws IOException when it breaks off
     */
    public Outcome read(InputStream in, long announced) throws IOException {
        if (announced > limit) {
            return new Outcome.TooLarge(limit);
        }
        int first = (int) (announced < 0 ? Math.min(UNANNOUNCED, limit) : announced);
        Optional<ByteBudget.Share> share = budget.take(first);
        if (share.isEmpty()) {
            return new Outcome.NoRoom();
        }
        Outcome outcome = new Outcome.NoRoom();
        try {
            outcome = read(in, first, announced >= 0, share.get());
        } finally {
            if (!(outcome instanceof Outcome.Complete)) {
                share.get().close();
            }
        }
        return outcome;
    }

    /** @param first bytes that are reserved already; as many as were announced, if they were */
    private Outcome read(InputStream in, int first, boolean announced, ByteBudget.Share share) throws IOException {
        byte[] bytes = new byte[Math.min(first, TRUSTED)];
        int reserved = first;
        int size = 0;
        while (true) {
            int count = size < bytes.length ? in.read(bytes, size, bytes.length - size) : 0;
            if (count > 0) {
                size += count;
                continue;
            }
            int next = count < 0 ? -1 : in.read();
            if (next < 0) {
                return new Outcome.Complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size), share);
            }
            if (size == limit) {
                return new Outcome.TooLarge(limit);
            }
            int larger = larger(bytes.length, announced && size < first ? first : limit);
            if (larger > reserved) {
                if (!share.grow(larger - reserved)) {
                    return new Outcome.NoRoom();
                }
                reserved = larger;
            }
            bytes = Arrays.copyOf(bytes, larger);
            bytes[size++] = (byte) next;
        }
    }

    /** Twice the size, so that the cost stays linear, but not more than will ever be needed. */
    private static int larger(int size, int most) {
        return (int) Math.min(most, Math.max(UNANNOUNCED, size * 2L));
    }
}
