package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Joins the pieces of sound of an answer. Gemini speaks bare 16-bit samples ({@code audio/L16;rate=24000}, little-endian in truth). */
final class ChatAudio {
    private static final int HEADER = 44;
    private static final int DEFAULT_RATE = 24_000;

    private ChatAudio() {
    }

    /** The whole sound as base64. @param sounds at least one @param raw bare samples stay bare; else they become a WAV file */
    static String joined(List<MediaMade> sounds, boolean raw) {
        String type = sounds.getFirst().mimeType().toLowerCase(Locale.ROOT);
        boolean samples = type.startsWith("audio/l16") || type.startsWith("audio/pcm");
        if (sounds.size() == 1 && (raw || !samples)) {
            return sounds.getFirst().base64();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (MediaMade sound : sounds) {
            bytes.writeBytes(Base64.getDecoder().decode(sound.base64()));
        }
        byte[] all = bytes.toByteArray();
        return Base64.getEncoder().encodeToString(samples && !raw ? wav(all, rate(type)) : all);
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
