package dev.hydra.dialect;

import jakarta.json.JsonObject;
import java.util.List;

/** A client of one format: what it says, and how it understands what it is answered. */
interface FakeClient {
    ClientDialect dialect();

    /**
     * A request with a system text, a picture, the tool {@code get_weather}, a call {@code call_1} of it with its result, and a new question.
     *
     * @param streamed whether a stream is wanted
     */
    String history(boolean streamed);

    /** A request of one question that wants thoughts and signatures, with the tool. */
    String question();

    /** {@link #question} continued with the reply's call and its result. @param seals whether the client keeps fields that it does not understand */
    String continued(JsonObject reply, boolean seals);

    /** What the client sees in a whole reply. */
    Seen whole(String body);

    /** What the client sees in a stream. */
    Seen stream(String frames);

    /** How a reply ended for the client. */
    enum End {
        STOP, CALLS, LENGTH, REFUSED, ERROR, NONE
    }

    /** @param calls name and arguments of each */
    record Seen(String text, String thoughts, List<String> calls, End end) {
    }
}
