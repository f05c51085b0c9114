package dev.hydra.dialect;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Short ways to ask a dialect and to write its replies in tests. JSON may be written with single quotes. */
public final class Written {
    /** The head of every reply here. */
    public static final ReplyHead HEAD = new ReplyHead("req-1", "alias", Instant.ofEpochSecond(1_790_000_000L));
    /** 10 tokens in, 3 of them of sound; 20 out. */
    public static final ReplyEvent USAGE = new ReplyEvent.UsageReported(
            new Usage(10, 0, 20, 0, 30, new Usage.Modalities(7, 0, 3), Usage.Modalities.NONE), "");

    private Written() {
    }

    /** A body in UTF-8. */
    public static byte[] body(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** A request that passes both looks of the dialect. */
    public static ClientRequest request(ClientDialect dialect, String json) {
        dialect.peek(body(json));
        return dialect.read(body(json));
    }

    /** The parts of the only turn. */
    public static List<Part> parts(ClientRequest request) {
        return request.conversation().turns().getFirst().parts();
    }

    /** More text. */
    public static ReplyEvent text(String text) {
        return new ReplyEvent.TextDelta(0, text, Seal.NONE);
    }

    /** A picture or a sound. */
    public static ReplyEvent made(String type, String base64) {
        return new ReplyEvent.MediaMade(0, type, base64, Seal.NONE);
    }

    /** The end. */
    public static ReplyEvent end(FinishReason reason) {
        return new ReplyEvent.Finished(0, reason, "");
    }

    /** What the writer of whole replies makes of events. */
    public static byte[] whole(ClientRequest request, ReplyEvent... events) {
        return written(request.whole(HEAD), events);
    }

    /** As {@link #whole}, of JSON. */
    public static JsonObject json(ClientRequest request, ReplyEvent... events) {
        return Json.object(whole(request, events));
    }

    /** The data of the events of a stream. */
    public static List<String> stream(ClientRequest request, ReplyEvent... events) {
        List<String> data = new ArrayList<>();
        for (String frame : new String(written(request.stream(HEAD), events), StandardCharsets.UTF_8).split("\n\n")) {
            data.add(frame.substring("data: ".length()));
        }
        return data;
    }

    private static byte[] written(ReplyWriter writer, ReplyEvent... events) {
        return written(writer, List.of(events));
    }

    /** What a writer makes of events, its end included. */
    public static byte[] written(ReplyWriter writer, List<? extends ReplyEvent> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (ReplyEvent event : events) {
                writer.write(event, out);
            }
            writer.end(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
