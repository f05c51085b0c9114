package dev.hydra.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The object that a path or a reply names.
 *
 * @param collection e.g. {@code files}; {@code operations} for those of a model too
 * @param root       name of the object that owns what is named, e.g. {@code fileSearchStores/a} for {@code fileSearchStores/a/documents/b}
 */
record ObjectName(String collection, String root) {
    static final String UPLOADS = "uploads";
    static final int LONGEST = 300;

    private static final Set<String> COLLECTIONS = Set.of("files", "cachedContents", "batches", "operations", "interactions",
            "fileSearchStores", "corpora", "tunedModels");
    private static final Duration FILE = Duration.ofHours(48);
    private static final Duration LONG = Duration.ofDays(60);
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    /** Whether a first segment is a collection of objects. */
    static boolean isCollection(String segment) {
        return COLLECTIONS.contains(segment);
    }

    /** The session of an upload, which only its address names. */
    static Optional<ObjectName> upload(String id) {
        return isPlain(id) ? Optional.of(new ObjectName(UPLOADS, UPLOADS + '/' + id)) : Optional.empty();
    }

    /** Reads {@code files/abc}, {@code files/abc:download}, {@code models/veo/operations/x}; empty when it names no object that can be owned. */
    static Optional<ObjectName> of(String name) {
        String[] segments = name.split("/", -1);
        if (segments.length >= 4 && segments[0].equals("models") && segments[2].equals("operations")) {
            String id = withoutMethod(segments[3]);
            return isPlain(segments[1]) && isPlain(id)
                    ? Optional.of(new ObjectName("operations", "models/" + segments[1] + "/operations/" + id)) : Optional.empty();
        }
        if (segments.length < 2 || !COLLECTIONS.contains(segments[0])) {
            return Optional.empty();
        }
        String id = withoutMethod(segments[1]);
        return isPlain(id) ? Optional.of(new ObjectName(segments[0], segments[0] + '/' + id)) : Optional.empty();
    }

    /** How long the provider keeps such an object at most, as far as that is known (spec mapping §7.6). */
    Duration kept() {
        return switch (collection) {
            case "files", UPLOADS -> FILE;
            case "fileSearchStores", "corpora", "tunedModels" -> FOR_EVER;
            default -> LONG;
        };
    }

    private static String withoutMethod(String segment) {
        int colon = segment.indexOf(':');
        return colon < 0 ? segment : segment.substring(0, colon);
    }

    private static boolean isPlain(String id) {
        return !id.isEmpty() && id.length() <= LONGEST - 100 && !id.startsWith(".")
                && id.chars().allMatch(
                        c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.');
    }
}
