package dev.hydra.wire;

import java.io.InputStream;
import java.util.List;

/** A stream that gives its bytes in pieces of given sizes, over and over; a size of 1 splits everything, UTF-8 characters included. */
final class Chunks extends InputStream {
    private final byte[] bytes;
    private final List<Integer> sizes;
    private int at;
    private int turn;

    Chunks(byte[] bytes, List<Integer> sizes) {
        this.bytes = bytes;
        this.sizes = sizes;
    }

    @Override
    public int read() {
        return at == bytes.length ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (at == bytes.length) {
            return -1;
        }
        int count = Math.min(Math.min(length, bytes.length - at), sizes.get(turn++ % sizes.size()));
        System.arraycopy(bytes, at, to, offset, count);
        at += count;
        return count;
    }
}
