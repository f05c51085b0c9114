package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    private static final int MAX = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndEndsALine(String end) throws IOException {
        assertThat(events("data: a" + end + end + "data: b" + end + "data:c" + end + end)).containsExactly("a", "b\nc");
    }

    @Test
    void onlyOneSpaceAfterTheColonIsCut() throws IOException {
        assertThat(events("data:  a \n\ndata:\n\ndata\ndata\n\n")).containsExactly(" a ", "", "\n");
    }

    @Test
    void commentsOtherFieldsAndEmptyEventsAreSkipped() throws IOException {
        assertThat(events(": keep-alive\n\nevent: ping\nid: 7\nretry: 10\n\nevent: x\ndata: a\n\ndatabase: b\n\n")).containsExactly("a");
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheStartOnly() throws IOException {
        assertThat(events("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("a");
    }

    @Test
    void theEndMarkIsAnEventLikeAnyOther() throws IOException {
        assertThat(events("data: {}\n\ndata: [DONE]\n\n")).containsExactly("{}", "[DONE]");
    }

    @Test
    void theLastEventNeedsNoEmptyLine() throws IOException {
        assertThat(events("data: a\n\ndata: b")).containsExactly("a", "b");
        assertThat(events("data: a\n\ndata: b\n")).containsExactly("a", "b");
    }

    @Test
    void anErrorDocumentWithoutDataIsHandedOutRaw() throws IOException {
        String error = "{\n  \"error\": {\n    \"code\": 499\n  }\n}";
        assertThat(events("data: {\"a\":1}\r\n\r\n" + error + "\n")).containsExactly("{\"a\":1}", "RAW " + error);
    }

    @Test
    void anErrorInsideAnArrayIsHandedOutRaw() throws IOException {
        assertThat(events("data: a\n\n[{\"error\":{}}\n]\n\ndata: b\n\n")).containsExactly("a", "RAW [{\"error\":{}}\n]", "b");
    }

    @Test
    void anErrorDocumentRightBehindDataLosesNeither() throws IOException {
        assertThat(events("data: a\n{\"error\":{}}")).containsExactly("a", "RAW {\"error\":{}}");
    }

    @Test
    void aWholeReplyWhereAStreamWasAskedForIsOneRawEvent() throws IOException {
        assertThat(events("{\r\n \"candidates\": []\r\n}\r\n")).containsExactly("RAW {\r\n \"candidates\": []\r\n}");
    }

    @Test
    void anEventOfTheLargestSizePassesAndALargerOneIsRefused() throws IOException {
        assertThat(events("data: " + "x".repeat(MAX) + "\n\n")).containsExactly("x".repeat(MAX));
        assertThat(events(("data: " + "x".repeat(MAX / 2 - 1) + "\n").repeat(2))).hasSize(1);
        for (String tooLarge : List.of("data: " + "x".repeat(MAX + 1), ("data: " + "x".repeat(MAX / 2) + "\n").repeat(2) + "\n",
                "{\n" + "x\n".repeat(MAX), ":" + "x".repeat(2 * MAX))) {
            assertThatThrownBy(() -> events(tooLarge)).isInstanceOf(SseReader.EventTooLarge.class).hasMessageContaining("1000");
        }
    }

    @Test
    void aHugeLineBetweenSmallOnesIsReadWhole() throws IOException {
        byte[] image = new byte[20_000_000];
        Arrays.fill(image, (byte) 'A');
        byte[] stream = ("data: a\n\ndata: " + new String(image, UTF_8) + "\n\ndata: b\n\n").getBytes(UTF_8);
        SseReader reader = new SseReader(new Chunks(stream, List.of(1, 1400, 8192)), 21_000_000);

        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(image.length);
        assertThat(Arrays.equals(reader.buffer(), reader.offset(), reader.offset() + reader.length(), image, 0, image.length)).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(text(reader)).isEqualTo("b");
        assertThat(reader.next()).isFalse();
        assertThat(reader.buffer()).hasSizeLessThan(100_000);
    }

    @Test
    void aStreamThatBreaksThrowsAfterTheEventsBeforeTheBreak() throws IOException {
        InputStream broken = new InputStream() {
            private final InputStream head = new ByteArrayInputStream("data: a\n\ndata: b".getBytes(UTF_8));

            @Override
            public int read() throws IOException {
                int next = head.read();
                if (next < 0) {
                    throw new IOException("cut");
                }
                return next;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                int count = head.read(to, offset, length);
                if (count < 0) {
                    throw new IOException("cut");
                }
                return count;
            }
        };
        SseReader reader = new SseReader(broken, MAX);
        assertThat(reader.next()).isTrue();
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessage("cut");
    }

    @Property(tries = 500)
    void anySplitOfTheBytesGivesTheSameEvents(@ForAll("streams") String stream,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 40) Integer> sizes) throws IOException {
        byte[] bytes = stream.getBytes(UTF_8);
        assertThat(events(new Chunks(bytes, sizes))).isEqualTo(events(new ByteArrayInputStream(bytes)));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll @Size(max = 20) List<@Size(min = 1, max = 3) List<@StringLength(max = 40) String>> written,
            @ForAll("ends") String end, @ForAll @IntRange(min = 1, max = 9) int size) throws IOException {
        List<String> expected = written.stream().map(lines -> lines.stream().map(SseReaderTest::oneLine).collect(joining("\n"))).toList();
        String stream = expected.stream().map(event -> "data: " + event.replace("\n", end + "data: ") + end + end).collect(joining());
        assertThat(events(new Chunks(stream.getBytes(UTF_8), List.of(size)))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> piece = Arbitraries.of("data: ", "data:", "data", ":", ": c", "{\"é\":1}", "[{", "}]", "\n", "\r", "\r\n", "\n\n",
                "\r\n\r\n", "\uFEFF", "ж", "😀", "id: 1", " ", "x".repeat(50));
        return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    /** What UTF-8 can carry in one line. */
    private static String oneLine(String any) {
        return new String(any.getBytes(UTF_8), UTF_8).replace('\n', ' ').replace('\r', ' ');
    }

    private static List<String> events(String stream) throws IOException {
        return events(new ByteArrayInputStream(stream.getBytes(UTF_8)));
    }

    private static List<String> events(InputStream in) throws IOException {
        SseReader reader = new SseReader(in, MAX);
        List<String> events = new ArrayList<>();
        while (reader.next()) {
            events.add((reader.raw() ? "RAW " : "") + text(reader));
        }
        return events;
    }

    private static String text(SseReader reader) {
        return new String(reader.buffer(), reader.offset(), reader.length(), UTF_8);
    }
}
