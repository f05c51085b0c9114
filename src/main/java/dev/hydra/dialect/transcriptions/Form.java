package dev.hydra.dialect.transcriptions;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a transcript is answered. */
enum Form {
    JSON("application/json", false), TEXT("text/plain;charset=UTF-8", false), SRT("text/plain;charset=UTF-8", true), VERBOSE_JSON(
            "application/json", true),
    VTT("text/vtt;charset=UTF-8", true);

    private final String mediaType;
    private final boolean timed;

    Form(String mediaType, boolean timed) {
        this.mediaType = mediaType;
        this.timed = timed;
    }

    static Optional<Form> of(String name) {
        return Arrays.stream(values()).filter(form -> form.word().equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Form::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String mediaType() {
        return mediaType;
    }

    /** Whether it tells when each segment is said. */
    boolean timed() {
        return timed;
    }
}
