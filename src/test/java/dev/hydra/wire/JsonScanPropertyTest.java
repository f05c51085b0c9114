package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The scan and Parsson's parser, which builds everything, must agree on what is JSON and on what it says. */
class JsonScanPropertyTest {
    private static final JsonScan SCAN = new JsonScan(64, List.of("model", "stream"), List.of("files/"));

    @Property(tries = 1000)
    void whatIsJsonPasses(@ForAll long seed) {
        String json = RandomJson.object(seed);
        JsonScan.Found found = SCAN.scan(json.getBytes(UTF_8));
        JsonObject tree = Json.object(json);
        Optional<JsonValue> model = Optional.ofNullable(tree.get("model"));
        assertThat(found.kind("model").map(Enum::name)).isEqualTo(model.map(value -> value.getValueType().name()));
        assertThat(found.string("model")).isEqualTo(
                model.filter(JsonString.class::isInstance).map(JsonString.class::cast).map(JsonString::getString));
        assertThat(found.span("model").map(span -> Json.value(Arrays.copyOfRange(json.getBytes(UTF_8), span.start(), span.end()))))
                .isEqualTo(model);
    }

    @Property(tries = 500)
    void everyCutIsRefused(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10_000) int at) {
        byte[] bytes = RandomJson.object(seed).strip().getBytes(UTF_8);
        assertThat(verdict(Arrays.copyOf(bytes, at % bytes.length))).isNotEmpty();
    }

    @Property(tries = 3000)
    void aChangedByteIsJudgedLikeParsson(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10_000) int at,
            @ForAll("mutations") byte with) {
        byte[] bytes = RandomJson.object(seed).getBytes(UTF_8);
        bytes[at % bytes.length] = with;
        String verdict = verdict(bytes);
        boolean accepted = verdict.isEmpty() || verdict.startsWith("the key comes twice");
        assertThat(accepted).as(new String(bytes, UTF_8) + " -> " + verdict).isEqualTo(isUtf8(bytes) && parses(bytes));
    }

    @Provide
    Arbitrary<Byte> mutations() {
        return Arbitraries.oneOf(Arbitraries.bytes(),
                Arbitraries.of("{}[],:\"\\ tfn0123456789eE+-.u\n\u0001".chars().mapToObj(c -> (byte) c).toList()));
    }

    private static String verdict(byte[] json) {
        try {
            SCAN.scan(json);
            return "";
        } catch (MalformedJson e) {
            return e.getMessage();
        }
    }

    private static boolean parses(byte[] json) {
        try (JsonParser parser = Json.parser(new ByteArrayInputStream(json))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                return false;
            }
            while (parser.hasNext()) {
                parser.next();
            }
            return true;
        } catch (JsonException | NoSuchElementException e) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
