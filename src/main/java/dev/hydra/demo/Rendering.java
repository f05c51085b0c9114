package dev.hydra.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Pictures and sound that can be told apart: the same text always gives the same ones. Written by hand, since ImageIO would start AWT. */
final class Rendering {
    /** The media type of {@link #sound(String)}, as Gemini's speech models name it (spec mapping §7.3). */
    static final String SOUND_TYPE = "audio/L16;codec=pcm;rate=24000";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SIDE = 64;
    private static final int RATE = 24_000;
    private static final int SAMPLES_PER_CHARACTER = RATE / 50;
    private static final int LONGEST = 5 * RATE;

    private Rendering() {
    }

    /** A square PNG of one colour that stands for the text, in Base64. */
    static String picture(String text) {
        int colour = (int) Ids.mix(text.hashCode());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PNG);
        chunk(bytes, "IHDR", ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 8).put((byte) 2).array());
        chunk(bytes, "IDAT", deflated(colour));
        chunk(bytes, "IEND", new byte[0]);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] deflated(int colour) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(bytes)) {
            for (int y = 0; y < SIDE; y++) {
                rows.write(0);
                for (int x = 0; x < SIDE; x++) {
                    rows.write(new byte[] {(byte) (colour >> 16), (byte) (colour >> 8), (byte) colour});
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        try (DataOutputStream out = new DataOutputStream(png)) {
            out.writeInt(data.length);
            out.write(name);
            out.write(data);
            out.writeInt((int) sum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tone as long as the text would take to read, at most five seconds: 24 kHz, 16 bits, one channel, in Base64. */
    static String sound(String text) {
        int samples = Math.clamp((long) text.length() * SAMPLES_PER_CHARACTER, SAMPLES_PER_CHARACTER, LONGEST);
        ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            pcm.putShort((short) (8000 * Math.sin(2 * Math.PI * 440 * i / RATE)));
        }
        return Base64.getEncoder().encodeToString(pcm.array());
    }
}
