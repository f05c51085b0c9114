package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What bytes are, by their beginning or by the name of their file. Names are those that the Gemini API takes (spec mapping §1.2), e.g. {@code audio/mp3}. */
public final class MediaType {
    private static final String UNKNOWN = "application/octet-stream";
    private static final int LOOKED_AT = 64;
    private static final List<Map.Entry<String, String>> BEGINNINGS = List.of(Map.entry("\u0089PNG\r\n\u001a\n", "image/png"),
            Map.entry("\u00ff\u00d8\u00ff", "image/jpeg"), Map.entry("GIF87a", "image/gif"), Map.entry("GIF89a", "image/gif"),
            Map.entry("BM", "image/bmp"), Map.entry("II*\0", "image/tiff"), Map.entry("MM\0*", "image/tiff"),
            Map.entry("%PDF-", "application/pdf"), Map.entry("ID3", "audio/mp3"), Map.entry("OggS", "audio/ogg"),
            Map.entry("fLaC", "audio/flac"), Map.entry("FLV\u0001", "video/x-flv"), Map.entry("\0\0\u0001\u00ba", "video/mpeg"),
            Map.entry("\0\0\u0001\u00b3", "video/mpeg"));
    /** By the form type in bytes 8 to 11 of RIFF and IFF files. */
    private static final Map<String, String> FORMS = Map.of("WEBP", "image/webp", "WAVE", "audio/wav", "AVI ", "video/x-msvideo", "AIFF",
            "audio/aiff", "AIFC", "audio/aiff");
    /** By the major brand of ISO media files; others are MP4. */
    private static final Map<String, String> BRANDS = Map.ofEntries(Map.entry("heic", "image/heic"), Map.entry("heix", "image/heic"),
            Map.entry("heim", "image/heic"), Map.entry("heis", "image/heic"), Map.entry("hevc", "image/heic"),
            Map.entry("hevx", "image/heic"),
            Map.entry("mif1", "image/heif"), Map.entry("msf1", "image/heif"), Map.entry("avif", "image/avif"),
            Map.entry("avis", "image/avif"),
            Map.entry("qt  ", "video/quicktime"), Map.entry("M4A ", "audio/mp4"), Map.entry("M4B ", "audio/mp4"),
            Map.entry("3gp4", "video/3gpp"),
            Map.entry("3gp5", "video/3gpp"), Map.entry("3gp6", "video/3gpp"));

    private static final Map<String, String> BY_ENDING = Map.ofEntries(Map.entry("pdf", "application/pdf"), Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"), Map.entry("html", "text/html"), Map.entry("htm", "text/html"), Map.entry("css", "text/css"),
            Map.entry("csv", "text/csv"), Map.entry("xml", "text/xml"), Map.entry("rtf", "text/rtf"), Map.entry("json", "application/json"),
            Map.entry("js", "text/javascript"), Map.entry("py", "text/x-python"), Map.entry("java", "text/plain"),
            Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"), Map.entry("jpeg", "image/jpeg"), Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"), Map.entry("heic", "image/heic"), Map.entry("heif", "image/heif"), Map.entry("wav", "audio/wav"),
            Map.entry("mp3", "audio/mp3"), Map.entry("aiff", "audio/aiff"), Map.entry("aac", "audio/aac"), Map.entry("ogg", "audio/ogg"),
            Map.entry("flac", "audio/flac"), Map.entry("m4a", "audio/mp4"), Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"), Map.entry("mpeg", "video/mpeg"), Map.entry("avi", "video/x-msvideo"));

    private MediaType() {
    }

    /** The type that the first bytes show; empty when they show none, as those of any text. */
    public static Optional<String> sniff(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), ISO_8859_1);
        Optional<String> plain = BEGINNINGS.stream().filter(entry -> head.startsWith(entry.getKey())).map(Map.Entry::getValue).findFirst();
        return plain.or(() -> container(head)).or(() -> audioFrame(head));
    }

    /** The type that a file of that name has; empty when its ending is not known. @param name may be empty */
    public static Optional<String> ofName(String name) {
        return Optional.ofNullable(BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }

    /** The type that the first bytes show, else the declared one, else {@code application/octet-stream}. Lower case, no parameters. */
    static String of(byte[] bytes, String contentType) {
        String declared = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return sniff(bytes).orElse(declared.isEmpty() ? UNKNOWN : declared);
    }

    private static Optional<String> container(String head) {
        if (head.startsWith("\u001aE\u00df\u00a3")) {
            return Optional.of(head.contains("webm") ? "video/webm" : "video/x-matroska");
        }
        if (head.length() < 12) {
            return Optional.empty();
        }
        String kind = head.substring(8, 12);
        if (head.startsWith("RIFF") || head.startsWith("FORM")) {
            return Optional.ofNullable(FORMS.get(kind));
        }
        return switch (head.substring(4, 8)) {
            case "ftyp" -> Optional.of(BRANDS.getOrDefault(kind, "video/mp4"));
            // QuickTime files from before there was a brand
            case "moov", "mdat", "wide" -> Optional.of("video/quicktime");
            default -> Optional.empty();
        };
    }

    /** ADTS (AAC) and MPEG audio frames begin with twelve or eleven set bits; reserved values tell them from other bytes. */
    private static Optional<String> audioFrame(String head) {
        if (head.length() < 4 || head.charAt(0) != 0xff || (head.charAt(1) & 0xe0) != 0xe0) {
            return Optional.empty();
        }
        int version = head.charAt(1) >> 3 & 3;
        int layer = head.charAt(1) >> 1 & 3;
        if (layer == 0) {
            return (head.charAt(1) & 0xf0) == 0xf0 && (head.charAt(2) >> 2 & 0xf) < 13 ? Optional.of("audio/aac") : Optional.empty();
        }
        boolean frame = version != 1 && head.charAt(2) >> 4 != 15 && (head.charAt(2) >> 2 & 3) != 3;
        return frame ? Optional.of("audio/mp3") : Optional.empty();
    }
}
