package dev.hydra.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Bytes inside a request: data URIs by RFC 2397 and base64 in the loose forms that clients send.
 *
 * @param mimeType without parameters, in lower case; empty when the URI names none
 * @param base64   standard base64 with padding, no white space
 */
public record DataUri(String mimeType, String base64) {
    private static final String SCHEME = "data:";

    /** Whether the text is a data URI. */
    public static boolean is(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Reads a data URI: parameters, a missing type, base64 or percent-encoding.
     *
     * @throws IllegalArgumentException when it is none; the message says why and fits after the field's name
     */
    public static DataUri parse(String uri) {
        int comma = uri.indexOf(',');
        if (!is(uri) || comma < 0) {
            throw new IllegalArgumentException("is not a data URI with a comma");
        }
        String head = uri.substring(SCHEME.length(), comma).strip();
        String[] words = head.split(";", -1);
        boolean base64 = Arrays.stream(words).anyMatch(word -> word.strip().equalsIgnoreCase("base64"));
        String type = words[0].indexOf('/') < 0 ? "" : words[0].strip().toLowerCase(Locale.ROOT);
        String data = uri.substring(comma + 1);
        if (base64) {
            return new DataUri(type, base64(data.indexOf('%') < 0 ? data : latin(percentDecoded(data))));
        }
        return new DataUri(type, Base64.getEncoder().encodeToString(percentDecoded(data)));
    }

    /**
     * Base64 as the standard writes it, from base64 that may be url-safe, unpadded or broken into lines. A text that is already right is
     * returned itself.
     *
     * @throws IllegalArgumentException when it is not base64; the message fits after the field's name
     */
    public static String base64(String loose) {
        int length = loose.length();
        int digits = 0;
        boolean clean = true;
        while (digits < length && isDigit(loose.charAt(digits))) {
            digits++;
        }
        for (int i = digits; i < length && clean; i++) {
            clean = loose.charAt(i) == '=';
        }
        if (clean && length % 4 == 0 && length - digits <= 2 && length > 0) {
            return loose;
        }
        return tidied(loose);
    }

    private static String tidied(String loose) {
        StringBuilder tidy = new StringBuilder(loose.length() + 3);
        boolean padded = false;
        for (int i = 0; i < loose.length(); i++) {
            char c = loose.charAt(i);
            if (c <= ' ') {
                continue;
            }
            char digit = c == '-' ? '+' : c == '_' ? '/' : c;
            if (digit == '=') {
                padded = true;
            } else if (padded || !isDigit(digit)) {
                throw new IllegalArgumentException("is not base64 (character " + (i + 1) + ")");
            } else {
                tidy.append(digit);
            }
        }
        if (tidy.isEmpty()) {
            throw new IllegalArgumentException("holds no data");
        }
        if (tidy.length() % 4 == 1) {
            throw new IllegalArgumentException("is not base64 (it is cut)");
        }
        while (tidy.length() % 4 != 0) {
            tidy.append('=');
        }
        return tidy.toString();
    }

    private static boolean isDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    private static byte[] percentDecoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(utf8.length);
        for (int i = 0; i < utf8.length; i++) {
            int high = utf8[i] == '%' && i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(utf8[i + 2], 16);
            if (low < 0) {
                decoded.write(utf8[i]);
            } else {
                decoded.write(high * 16 + low);
                i += 2;
            }
        }
        return decoded.toByteArray();
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
