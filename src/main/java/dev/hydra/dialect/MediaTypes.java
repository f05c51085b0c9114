package dev.hydra.dialect;

import java.util.Locale;
import java.util.Map;

/** MIME types by the end of a file's name, for clients that send bytes and a name but no type. */
public final class MediaTypes {
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

    private MediaTypes() {
    }

    /** The type that a file of that name has; empty when its ending is not known. @param name may be empty */
    public static String ofName(String name) {
        return BY_ENDING.getOrDefault(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), "");
    }
}
