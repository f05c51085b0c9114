package dev.hydra.demo;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that can be patched and reused, so that a response's event leaves in one write without a copy. */
final class ByteBuilder extends OutputStream {
    private static final int KEPT = 1 << 16;
    private byte[] bytes = new byte[2048];
    private int length;

    @Override
    public void write(int b) {
        room(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    ByteBuilder add(byte[] source) {
        write(source, 0, source.length);
        return this;
    }

    ByteBuilder add(String ascii) {
        return add(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    void set(int at, byte value) {
        bytes[at] = value;
    }

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[2048];
        }
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
