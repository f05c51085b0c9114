package dev.hydra.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads server-sent events one by one, as they come, without making a text of them.
 *
 * <pre>{@code
 * while (events.next()) {
 *     reader.read(events.buffer(), events.offset(), events.length());
 * }
 * }</pre>
 *
 * <p>Lines may end with CRLF, LF or CR; several data lines of an event are joined with LF; comments, other fields and a byte order mark are
 * skipped. An event without data is no event. What stands after the last empty line when the stream ends is handed out too, because some
 * servers leave the last empty line out.
 *
 * <p>Google ends a broken stream with a JSON document that is no event at all: no {@code data:}, pretty-printed, sometimes inside an array
 * (corpus category gemini-error-in-stream). Lines from one that begins with a brace or a square bracket to the next empty line or the end
 * are therefore handed out as one event that is {@link #raw}.
 *
 * <p>Cost is linear in the bytes, whatever the size of an event and however it arrives. Not safe for use by several threads.
 */
public final class SseReader {
    private static final int INITIAL = 4096;
    /** A buffer that an image has blown up is not kept for the small events after it. */
    private static final int KEPT = 256 * 1024;
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int maxEvent;
    private byte[] buffer = new byte[INITIAL];
    private int lineStart;
    private int scanned;
    private int filled;
    private int dataStart = -1;
    private int dataEnd;
    private boolean rawPending;
    private boolean raw;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    private int eventStart;
    private int eventEnd;

    /**
     * @param in       the stream's bytes; its {@code read} should return as soon as there are some. Not closed by this reader
     * @param maxEvent largest event in bytes of data, and largest line
     */
    public SseReader(InputStream in, int maxEvent) {
        this.in = in;
        this.maxEvent = maxEvent;
    }

    /**
     * Waits for the next event.
     *
     * @return false when the stream has ended
     * @throws EventTooLarge when an event or a line is larger than allowed
     * @throws IOException   when the stream broke
     */
    public boolean next() throws IOException {
        while (true) {
            int end = ByteScan.lineEnd(buffer, scanned, filled);
            scanned = end;
            requireSize(end - lineStart - DATA.length - 2);
            if (end == filled) {
                if (!fill()) {
                    return last();
                }
            } else if (afterCarriageReturn && end == lineStart && buffer[end] == '\n') {
                afterCarriageReturn = false;
                lineStart = scanned = end + 1;
            } else {
                afterCarriageReturn = buffer[end] == '\r';
                int start = lineStart;
                lineStart = scanned = end + 1;
                if (line(start, end)) {
                    return true;
                }
            }
        }
    }

    /** Holds the current event; valid and unchanged until the next call of {@link #next}. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the current event's data begins in {@link #buffer}. */
    public int offset() {
        return eventStart;
    }

    /** Size of the current event's data in bytes. */
    public int length() {
        return eventEnd - eventStart;
    }

    /** Whether the current event is a JSON document that stood in the stream without {@code data:}: an error, when it comes from Google. */
    public boolean raw() {
        return raw;
    }

    /** Takes one line without its end; true when an event is complete. */
    private boolean line(int lineBegin, int end) throws EventTooLarge {
        int start = lineBegin;
        if (firstLine) {
            firstLine = false;
            start += byteOrderMark(start, end);
        }
        if (start == end) {
            return dataStart >= 0 && complete();
        }
        if (rawPending) {
            dataEnd = end;
            return kept();
        }
        if (buffer[start] == '{' || buffer[start] == '[') {
            return beginRaw(start, end);
        }
        if (isData(start, end)) {
            append(Math.min(end, start + DATA.length + 1), end);
            return kept();
        }
        return false;
    }

    private boolean beginRaw(int start, int end) throws EventTooLarge {
        boolean before = dataStart >= 0 && complete();
        rawPending = true;
        dataStart = start;
        dataEnd = end;
        kept();
        return before;
    }

    /** The event goes on. */
    private boolean kept() throws EventTooLarge {
        requireSize(dataEnd - dataStart);
        return false;
    }

    private boolean isData(int start, int end) {
        int after = start + DATA.length;
        return after <= end && Arrays.equals(buffer, start, after, DATA, 0, DATA.length) && (after == end || buffer[after] == ':');
    }

    /** Joins a further data line to those before it; the bytes move down over the field name, so there is always room. */
    private void append(int afterColon, int end) {
        int start = afterColon < end && buffer[afterColon] == ' ' ? afterColon + 1 : afterColon;
        if (dataStart < 0) {
            dataStart = start;
            dataEnd = end;
        } else {
            buffer[dataEnd++] = '\n';
            System.arraycopy(buffer, start, buffer, dataEnd, end - start);
            dataEnd += end - start;
        }
    }

    private boolean complete() {
        eventStart = dataStart;
        eventEnd = dataEnd;
        raw = rawPending;
        rawPending = false;
        dataStart = -1;
        return true;
    }

    private boolean last() throws EventTooLarge {
        if (lineStart < filled) {
            int start = lineStart;
            lineStart = filled;
            if (line(start, filled)) {
                return true;
            }
        }
        return dataStart >= 0 && complete();
    }

    private int byteOrderMark(int start, int end) {
        boolean marked = end - start >= MARK.length && Arrays.equals(buffer, start, start + MARK.length, MARK, 0, MARK.length);
        return marked ? MARK.length : 0;
    }

    private void requireSize(int size) throws EventTooLarge {
        if (size > maxEvent) {
            throw new EventTooLarge(maxEvent);
        }
    }

    /** Reads more bytes behind those that are there; false at the end. */
    private boolean fill() throws IOException {
        makeRoom();
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            return false;
        }
        filled += count;
        return true;
    }

    private void makeRoom() {
        int keep = dataStart >= 0 ? dataStart : lineStart;
        if (keep == filled && buffer.length > KEPT) {
            buffer = new byte[INITIAL];
        } else if (keep < filled && filled < buffer.length) {
            return;
        } else if (filled - keep > buffer.length / 2) {
            buffer = Arrays.copyOfRange(buffer, keep, keep + (int) Math.min(Integer.MAX_VALUE - 16L, buffer.length * 2L));
        } else {
            System.arraycopy(buffer, keep, buffer, 0, filled - keep);
        }
        filled -= keep;
        lineStart -= keep;
        scanned -= keep;
        dataEnd -= keep;
        dataStart = dataStart < 0 ? -1 : 0;
    }

    /** An event or a line is larger than this reader accepts. */
    public static final class EventTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        EventTooLarge(int max) {
            super("a server-sent event is larger than " + max + " bytes");
        }
    }
}
