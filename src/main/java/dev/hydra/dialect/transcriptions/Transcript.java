package dev.hydra.dialect.transcriptions;

import dev.hydra.conversation.FinishReason;
import dev.hydra.dialect.CollectedWriter;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.dialect.OpenAiEvents;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A transcript at once. */
final class Transcript extends CollectedWriter {
    private final TranscriptionRequest request;

    Transcript(TranscriptionRequest request) {
        this.request = request;
    }

    @Override
    public void end(OutputStream out) throws IOException {
        if (reply.text().isEmpty() && reply.reason() == FinishReason.FILTERED) {
            throw new NoAnswer(reply.missing("a transcript"));
        }
        switch (request.form()) {
            case JSON -> json(out);
            case TEXT -> text(reply.text().strip() + '\n', out);
            case SRT -> text(Segments.read(reply.text()).srt(), out);
            case VTT -> text(Segments.read(reply.text()).vtt(), out);
            case VERBOSE_JSON -> verbose(Segments.read(reply.text()), out);
        }
    }

    private void json(OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out).beginObject().name("text").value(reply.text().strip());
        usage(json);
        json.endObject().end();
    }

    private void verbose(Segments segments, OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out).beginObject().name("task").value(request.english() ? "translate" : "transcribe");
        String language = segments.language().isEmpty() ? request.language() : segments.language();
        json.name("language").value(language).name("duration").value(segments.duration()).name("text").value(segments.text());
        json.name("segments").beginArray();
        for (int i = 0; i < segments.all().size(); i++) {
            Segments.Segment segment = segments.all().get(i);
            json.beginObject().name("id").value(i).name("seek").value(0).name("start").value(segment.start());
            json.name("end").value(segment.end()).name("text").value(segment.text()).name("tokens").beginArray().endArray();
            json.name("temperature").value(0).name("avg_logprob").value(0).name("compression_ratio").value(0);
            json.name("no_speech_prob").value(0).endObject();
        }
        json.endArray();
        usage(json);
        json.endObject().end();
    }

    private void usage(JsonOutput json) throws IOException {
        OpenAiEvents.soundUsage(json, reply.usage());
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
