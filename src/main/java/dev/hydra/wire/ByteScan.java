package dev.hydra.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in bytes, eight at a time.
 *
 * <p>Bodies of many megabytes are mostly one base64 string; a loop over single bytes would take several times as long. The arithmetic is
 * the classic "has zero byte" trick: the lowest marked byte is always a true hit, higher ones may be false, and only the lowest is used.
 */
final class ByteScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private ByteScan() {
    }

    /** Index of the first {@code \n} or {@code \r} from {@code from}, or {@code to} when there is none. */
    static int lineEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(bytes, i);
            long hits = (equal(word, '\n') | equal(word, '\r')) & TOPS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /** Index of the first byte from {@code from} that is a quote, a backslash, a control character or not ASCII, or {@code to}. */
    static int plainEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(bytes, i);
            long control = (word - ONES * 0x20) & ~word;
            long hits = (equal(word, '"') | equal(word, '\\') | control | word) & TOPS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (i < to && bytes[i] >= 0x20 && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private static long equal(long word, char wanted) {
        long difference = word ^ ONES * wanted;
        return (difference - ONES) & ~difference;
    }
}
