package dev.hydra.dialect.gemini;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Passage;
import jakarta.inject.Inject;

/** The methods of the Gemini API as clients call them. */
@Component
public final class GeminiEndpoints {
    private static final String GENERATE = "generateContent";
    private static final String STREAM = "streamGenerateContent";

    private final BodyScan scan;

    /** With the default limit of nesting. */
    public GeminiEndpoints() {
        scan = new BodyScan();
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public GeminiEndpoints(Settings settings) {
        scan = new BodyScan(settings);
    }

    /**
     * A method of a model.
     *
     * @param model   as it stands in the address, decoded: {@code gemini-2.5-flash}, {@code tunedModels/mine}
     * @param passage version, method and query of the address, and the headers that may pass
     * @param events  whether a stream is wanted as server-sent events; without meaning for other methods
     */
    public GeminiEndpoint of(String model, Passage passage, boolean events) {
        Framing framing = !passage.method().equals(STREAM) ? Framing.WHOLE : events ? Framing.EVENTS : Framing.ARRAY;
        boolean generates = passage.method().equals(GENERATE) || framing != Framing.WHOLE;
        return new GeminiEndpoint(scan, model, passage, framing, generates);
    }

    /** What answers before a model is known: failures that no method has. */
    public GeminiEndpoint none() {
        return of("", Passage.NONE, false);
    }
}
