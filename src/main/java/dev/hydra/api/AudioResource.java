package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.speech.SpeechDialect;
import dev.hydra.dialect.transcriptions.TranscriptionsDialect;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** OpenAI's endpoints for sound: a text spoken, a recording written down. */
@Component
@Path("v1/audio")
public class AudioResource {
    @Inject
    private Front front;
    @Inject
    private SpeechDialect speech;
    @Inject
    private TranscriptionsDialect transcriptions;

    /** Speaks a text. */
    @POST
    @Path("speech")
    public Response speak(@Context HttpServletRequest request) {
        return front.answer(speech, request);
    }

    /** Writes a recording down in its own language. */
    @POST
    @Path("transcriptions")
    public Response transcribe(@Context HttpServletRequest request) {
        return front.answer(transcriptions.of(request.getContentType(), false), request);
    }

    /** Writes a recording down in English. */
    @POST
    @Path("translations")
    public Response translate(@Context HttpServletRequest request) {
        return front.answer(transcriptions.of(request.getContentType(), true), request);
    }
}
