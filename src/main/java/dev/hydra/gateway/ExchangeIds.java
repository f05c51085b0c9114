package dev.hydra.gateway;

import java.util.concurrent.ThreadLocalRandom;

/** Names exchanges. Random, because an id is told to clients and must not tell how much traffic there is. */
final class ExchangeIds {
    private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();
    private static final int LENGTH = 24;

    private ExchangeIds() {
    }

    /** {@code req_} and 24 random characters. */
    static String next() {
        char[] id = new char[4 + LENGTH];
        "req_".getChars(0, 4, id, 0);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 4; i < id.length; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(id);
    }
}
