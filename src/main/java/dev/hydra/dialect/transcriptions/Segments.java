package dev.hydra.dialect.transcriptions;

import dev.hydra.conversation.Format;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.NoAnswer;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The timed pieces of a transcript, as the model is asked to give them. Times are what the model heard: approximate. */
record Segments(String language, List<Segment> all) {
    /** What the model is asked for. */
    static final Format FORMAT = new Format.Schema("transcript", "", Json.object("""
            {"type": "object", "properties": {
                "language": {"type": "string", "description": "English name of the language, in lower case"},
                "segments": {"type": "array", "items": {"type": "object", "properties": {
                    "start": {"type": "number"}, "end": {"type": "number"}, "text": {"type": "string"}},
                    "required": ["start", "end", "text"]}}},
             "required": ["language", "segments"]}"""), true);

    /** @param start in seconds @param end in seconds, not before {@code start} */
    record Segment(double start, double end, String text) {
    }

    /** @throws NoAnswer when the model has not answered in that form */
    static Segments read(String answer) {
        try {
            JsonObject document = Json.object(answer);
            List<Segment> all = new ArrayList<>();
            for (JsonValue value : document.getJsonArray("segments")) {
                JsonObject segment = value.asJsonObject();
                double start = seconds(segment.get("start"));
                all.add(new Segment(start, Math.max(start, seconds(segment.get("end"))), segment.getString("text").strip()));
            }
            String language = document.get("language") instanceof JsonString said ? said.getString().toLowerCase(Locale.ROOT) : "";
            return new Segments(language, all);
        } catch (JsonException | ClassCastException | NullPointerException broken) {
            throw new NoAnswer(Failure.of(Failure.Kind.PROVIDER_ERROR, "The model did not give the transcript in timed segments."));
        }
    }

    private static double seconds(JsonValue value) {
        return value instanceof JsonNumber number ? Math.max(0, number.doubleValue()) : 0;
    }

    /** All text in one. */
    String text() {
        return String.join(" ", all.stream().map(Segment::text).toList());
    }

    double duration() {
        return all.isEmpty() ? 0 : all.getLast().end();
    }

    /** SubRip. */
    String srt() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            Segment segment = all.get(i);
            text.append(i + 1).append('\n').append(time(segment.start(), ',')).append(" --> ").append(time(segment.end(), ',')).append('\n')
                    .append(segment.text()).append("\n\n");
        }
        return text.toString();
    }

    /** WebVTT. */
    String vtt() {
        StringBuilder text = new StringBuilder("WEBVTT\n\n");
        for (Segment segment : all) {
            text.append(time(segment.start(), '.')).append(" --> ").append(time(segment.end(), '.')).append('\n').append(segment.text())
                    .append("\n\n");
        }
        return text.toString();
    }

    private static String time(double seconds, char point) {
        long millis = Math.round(seconds * 1000);
        return String.format(Locale.ROOT, "%02d:%02d:%02d%c%03d", millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, point,
                millis % 1000);
    }
}
