package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The pieces of sound of an answer as one file. Gemini speaks bare 16-bit samples ({@code audio/L16;rate=24000}, little-endian in truth, spec mapping §7.3).
 *
 * @param mimeType {@code audio/wav}, {@code audio/pcm} for bare samples, or the provider's own type where it made files
 * @param base64   standard base64
 */
public record SoundFile(String mimeType, String base64) {
    private static final int HEADER = 44;
    private static final int DEFAULT_RATE = 24_000;

    /** Joins the pieces. @param sounds at least one @param raw bare samples stay bare; else they become a WAV file */
    public static SoundFile of(List<MediaMade> sounds, boolean raw) {
        String type = sounds.getFirst().mimeType().toLowerCase(Locale.ROOT);
        boolean samples = type.startsWith("audio/l16") || type.startsWith("audio/pcm");
        String named = !samples ? type : raw ? "audio/pcm" : "audio/wav";
        if (sounds.size() == 1 && (raw || !samples)) {
            return new SoundFile(named, sounds.getFirst().base64());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (MediaMade sound : sounds) {
            bytes.writeBytes(Base64.getDecoder().decode(sound.base64()));
        }
        byte[] all = bytes.toByteArray();
        return new SoundFile(named, Base64.getEncoder().encodeToString(samples && !raw ? wav(all, rate(type)) : all));
    }

    private static int rate(String type) {
        int at = type.indexOf("rate=");
        int rate = 0;
        for (int i = at + 5; at >= 0 && i < type.length() && Character.isDigit(type.charAt(i)) && rate < 1_000_000; i++) {
            rate = rate * 10 + type.charAt(i) - '0';
        }
        return rate == 0 ? DEFAULT_RATE : rate;
    }

    private static byte[] wav(byte[] samples, int rate) {
        ByteBuffer file = ByteBuffer.allocate(HEADER + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER - 8 + samples.length).put(ascii("WAVEfmt ")).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2).putShort((short) 2).putShort((short) 16);
        file.put(ascii("data")).putInt(samples.length).put(samples);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
