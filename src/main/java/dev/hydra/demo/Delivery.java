package dev.hydra.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Sends the payloads of a reply: whole, as server-sent events, or as a JSON array that grows; with the fault that was ordered. */
final class Delivery {
    /** How a method answers. */
    enum Shape {
        WHOLE("application/json; charset=UTF-8"),
        SSE("text/event-stream"),
        ARRAY("application/json; charset=UTF-8");

        private final String contentType;
        private final Map<String, String> headers;

        Shape(String contentType) {
            this.contentType = contentType;
            this.headers = Map.of("Content-Type", contentType, "Content-Disposition", "attachment");
        }
    }

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final Duration pace;

    Delivery(Duration pace) {
        this.pace = pace;
    }

    /** An error instead of a reply. Google keeps the stream's content type for it and puts it in a list where the reply is one. */
    void refuse(HttpReply reply, ApiError error, Shape shape) throws IOException {
        if (error.code() == 502) {
            reply.whole(502, "text/html; charset=UTF-8", "<html><body><h1>502 Bad Gateway</h1></body></html>"
                    .getBytes(StandardCharsets.US_ASCII));
        } else {
            reply.whole(error.code(), shape.contentType, error.body(shape == Shape.ARRAY));
        }
    }

    void send(HttpReply reply, Shape shape, List<AnswerWriter.Payload> payloads, Optional<Fault> fault, Refusal.Circumstances about)
            throws IOException {
        if (fault.isPresent() && fault.get() instanceof Fault.Drip drip) {
            reply.drip(drip.bytes(), drip.pause());
        }
        if (shape == Shape.WHOLE) {
            whole(reply, payloads.getLast(), fault);
        } else {
            stream(reply, shape, payloads, fault, about);
        }
    }

    private static void whole(HttpReply reply, AnswerWriter.Payload payload, Optional<Fault> fault) throws IOException {
        ByteBuilder body = new ByteBuilder();
        payload.write(body);
        byte[] bytes = body.copy();
        if (place(fault) == Integer.MAX_VALUE) {
            reply.whole(200, Shape.WHOLE.contentType, bytes);
            return;
        }
        int half = bytes.length / 2;
        reply.promise(200, Shape.WHOLE.contentType, bytes.length);
        reply.verbatim(Arrays.copyOf(bytes, half));
        if (strike(reply, fault)) {
            reply.verbatim(Arrays.copyOfRange(bytes, half, bytes.length));
            reply.flush();
        }
    }

    private void stream(HttpReply reply, Shape shape, List<AnswerWriter.Payload> payloads, Optional<Fault> fault,
            Refusal.Circumstances about) throws IOException {
        int place = Math.min(place(fault), payloads.size());
        boolean struck = place(fault) == Integer.MAX_VALUE;
        reply.stream(200, shape.headers);
        // By the clock, since the delays of many short pauses would add up.
        long due = System.nanoTime();
        for (int i = 0; i <= payloads.size(); i++) {
            if (!struck && place == i) {
                struck = true;
                if (fault.get() instanceof Fault.ErrorInStream inside) {
                    error(reply.chunk(), shape, inside, about);
                    reply.finish();
                    return;
                }
                if (!strike(reply, fault)) {
                    return;
                }
                due = System.nanoTime();
            }
            if (i == payloads.size()) {
                reply.finish();
            } else {
                if (fault.isPresent() && fault.get() instanceof Fault.Stepwise steps) {
                    reply.flush();
                    reply.waitFor(steps.permits()::tryAcquire);
                }
                event(reply.chunk(), shape, payloads.get(i), i == 0, i + 1 == payloads.size());
                if (struck && i + 1 == payloads.size()) {
                    // The last event and the end of the stream leave in one write.
                    reply.endChunk();
                } else {
                    reply.flush();
                    due += pace.toNanos();
                    reply.pause(Duration.ofNanos(due - System.nanoTime()));
                }
            }
        }
    }

    private static void event(ByteBuilder out, Shape shape, AnswerWriter.Payload payload, boolean first, boolean last) {
        if (shape == Shape.SSE) {
            out.add(DATA);
            payload.write(out);
            out.add(EVENT_END);
        } else {
            out.add(first ? "[" : ",\r\n");
            payload.write(out);
            out.add(last ? "\n]\n" : "");
        }
    }

    private static void error(ByteBuilder out, Shape shape, Fault.ErrorInStream fault, Refusal.Circumstances about) {
        ApiError error = fault.error().error(about);
        Fault.Framing framing = shape == Shape.ARRAY ? Fault.Framing.BARE : fault.framing();
        out.add(shape == Shape.ARRAY ? fault.afterEvents() == 0 ? "[" : ",\r\n" : "");
        switch (framing) {
            case DATA -> out.add(DATA).add(error.body(false)).add(EVENT_END);
            case BARE -> out.add(error.body(false)).add("\n");
            case DATA_ARRAY -> out.add(DATA).add("[").add(error.body(false)).add("]").add(EVENT_END);
            case BARE_ARRAY -> out.add("[").add(error.body(false)).add("]\n");
        }
        out.add(shape == Shape.ARRAY ? "]" : "");
    }

    /** After how many events the fault strikes; MAX_VALUE when it is none that interrupts. */
    private static int place(Optional<Fault> fault) {
        return fault.isEmpty() ? Integer.MAX_VALUE : switch (fault.get()) {
            case Fault.Stalled stalled when stalled.afterEvents() >= 0 -> stalled.afterEvents();
            case Fault.Held held when held.afterEvents() >= 0 -> held.afterEvents();
            case Fault.Cut cut -> cut.afterEvents();
            case Fault.ErrorInStream inside -> inside.afterEvents();
            case Fault other -> Integer.MAX_VALUE;
        };
    }

    /** Carries the interruption out; false when the reply ends with it. */
    private static boolean strike(HttpReply reply, Optional<Fault> fault) throws IOException {
        if (fault.isPresent() && fault.get() instanceof Fault.Cut cut) {
            reply.cut(cut.reset());
            return false;
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Stalled stalled) {
            reply.flush();
            reply.waitFor(until(stalled.length()));
        } else if (fault.isPresent() && fault.get() instanceof Fault.Held held) {
            reply.flush();
            reply.waitFor(until(held.release()));
        }
        return true;
    }

    static BooleanSupplier until(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        return () -> System.nanoTime() - end >= 0;
    }

    static BooleanSupplier until(CountDownLatch latch) {
        return () -> latch.getCount() == 0;
    }

    void raw(HttpReply reply, Fault.Raw raw) throws IOException {
        if (raw.pieces().size() == 1) {
            Map<String, String> headers = new LinkedHashMap<>(raw.headers());
            headers.putIfAbsent("Content-Length", Integer.toString(raw.pieces().getFirst().length));
            reply.head(raw.status(), headers);
            reply.verbatim(raw.pieces().getFirst());
            reply.flush();
            return;
        }
        reply.stream(raw.status(), raw.headers());
        for (byte[] piece : raw.pieces()) {
            reply.chunk().add(piece);
            reply.flush();
            reply.pause(pace);
        }
        reply.finish();
    }
}
