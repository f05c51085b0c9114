package dev.hydra.dialect;

import java.util.concurrent.ThreadLocalRandom;

/** Ids for calls that the provider left without one. Random, because they must differ over a whole conversation, not only in one reply. */
public final class CallIds {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;

    private CallIds() {
    }

    /** {@code call_} and 24 random characters. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder id = new StringBuilder("call_".length() + LENGTH).append("call_");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
