package dev.hydra.dialect.transcriptions;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code POST /v1/audio/transcriptions} and {@code /v1/audio/translations}: what is said in a sound, as text (spec mapping §7.4). */
@Component
public final class TranscriptionsDialect {
    private final BodyScan scan;

    /** With the default limit of nesting. */
    public TranscriptionsDialect() {
        scan = new BodyScan();
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public TranscriptionsDialect(Settings settings) {
        scan = new BodyScan(settings);
    }

    /** The dialect of one request. @param contentType of the request; may be null @param english whether the text is wanted in English */
    public ClientDialect of(@Nullable String contentType, boolean english) {
        return new TranscriptionForm(scan, contentType, english);
    }
}
