package dev.hydra.demo;

import java.util.concurrent.atomic.AtomicLong;

/** Ids that look random and are the same in every run: response ids and function call ids. */
final class Ids {
    private static final char[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
    private static final char[] SMALL = "abcdefghijklmnopqrstuvwxyz012345".toCharArray();
    private final AtomicLong next = new AtomicLong();

    long next() {
        return mix(next.incrementAndGet());
    }

    /** As Google's: 22 characters of base64url. */
    String responseId() {
        long high = next();
        return text(high, 11, ALPHABET, 6) + text(mix(high), 11, ALPHABET, 6);
    }

    /** As Google's: 8 characters. */
    String callId() {
        return text(next(), 8, SMALL, 5);
    }

    private static String text(long bits, int length, char[] alphabet, int step) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = alphabet[(int) (bits >>> Math.min(i * step, 63) & (alphabet.length - 1))];
        }
        return new String(text);
    }

    /** SplitMix64's finalizer: a bijection that spreads neighbouring numbers. */
    static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
