package dev.hydra.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Something that a test makes the simulated API do instead of its normal course, once or for a key or model until cleared.
 *
 * <p>Event counts are those of the answer's stream. A fault that is placed after more events than the answer has comes after its last
 * one, before the end of the stream. For a reply that is not streamed, a place after events means the middle of the body.
 */
public sealed interface Fault permits Refusal, Oddity, Fault.MinuteQuota, Fault.Custom, Fault.Says, Fault.Events, Fault.Stalled,
        Fault.Held, Fault.Stepwise, Fault.Cut, Fault.ErrorInStream, Fault.HugeEvent, Fault.Drip, Fault.Raw, Fault.Verbatim {
    /** Place of a {@link Stalled} or {@link Held} reply whose status line does not come either. */
    int BEFORE_HEADERS = -1;

    /** Refuses the request for a minute's quota with this delay in RetryInfo (sample D with another delay). */
    record MinuteQuota(Duration retryDelay) implements Fault {
    }

    /** Refuses the request with an arbitrary error of this status and message, without details. */
    record Custom(int code, String status, String message) implements Fault {
    }

    /** Answers with these texts, one event each; joined when the reply is not streamed. */
    record Says(List<String> chunks) implements Fault {
    }

    /** Answers with these GenerateContentResponse objects as JSON text, one event each; the last one alone when not streamed. */
    record Events(List<String> payloads) implements Fault {
    }

    /** Is silent for so long, then goes on. The client's leaving ends it at once. */
    record Stalled(int afterEvents, Duration length) implements Fault {
    }

    /** Is silent until the latch opens, then goes on. The client's leaving ends it at once. */
    record Held(int afterEvents, CountDownLatch release) implements Fault {
    }

    /** Sends each event of the normal stream for one permit, so that a test decides when the next one comes. The client's leaving ends it at once. */
    record Stepwise(Semaphore permits) implements Fault {
    }

    /**
     * Ends the connection in the middle of the reply: by a TCP reset, which may overtake events that the client has
     * not read yet, or by a plain close without the end of the body.
     */
    record Cut(int afterEvents, boolean reset) implements Fault {
    }

    /** Sends an error object inside the stream of a 200 reply, which ends there (spec mapping §3). */
    record ErrorInStream(int afterEvents, Refusal error, Framing framing) implements Fault {
    }

    /** How an error inside a stream is written. */
    enum Framing {
        /** {@code data: {"error":...}}. */
        DATA,
        /** The object alone, without {@code data:}, as recorded from Google. */
        BARE,
        /** {@code data: [{"error":...}]}. */
        DATA_ARRAY,
        /** {@code [{"error":...}]} without {@code data:}. */
        BARE_ARRAY
    }

    /** Sends one event of at least so many bytes: an image in one line. */
    record HugeEvent(int bytes) implements Fault {
    }

    /** Sends the normal reply, head included, in pieces of so many bytes with a pause between them. */
    record Drip(int bytes, Duration pause) implements Fault {
    }

    /** Replies with exactly this: one piece is a body with a length, several are chunks, each in a write of its own. */
    record Raw(int status, Map<String, String> headers, List<byte[]> pieces) implements Fault {
    }

    /** Writes exactly these bytes to the socket and closes it: broken HTTP. */
    record Verbatim(byte[] bytes) implements Fault {
    }
}
