package dev.hydra.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.zip.CRC32;

/** Thought signatures of the simulation: opaque base64 with a checksum, so that a cut or merged one is noticed (spec mapping §2.4). */
final class Signature {
    /** Google's documented placeholders for a signature that was lost, plain and base64-encoded as clients send them. */
    private static final Set<String> PLACEHOLDERS = Set.of("context_engineering_is_the_way_to_go", "skip_thought_signature_validator",
            encoded("context_engineering_is_the_way_to_go"), encoded("skip_thought_signature_validator"));
    private static final byte[] MAGIC = "simulated-signature:".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 64;

    private Signature() {
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A signature that is different for every number. */
    static String make(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put(MAGIC).putLong(number);
        for (long mixed = number; bytes.position() < LENGTH - 4;) {
            mixed = Ids.mix(mixed);
            bytes.putLong(mixed);
        }
        bytes.putInt(checksum(bytes.array()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Whether it is one of ours, unchanged, or a documented placeholder. */
    static boolean isValid(String signature) {
        if (PLACEHOLDERS.contains(signature)) {
            return true;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(signature.replace('-', '+').replace('_', '/'));
            return bytes.length == LENGTH && ByteBuffer.wrap(bytes).getInt(LENGTH - 4) == checksum(bytes);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, LENGTH - 4);
        return (int) sum.getValue();
    }
}
