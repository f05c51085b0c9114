package dev.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void commasStandBetweenMembersAndElements() throws IOException {
        JsonOutput json = new JsonOutput().begin(bytes).beginObject().name("a").beginArray().value(1).value("b").nullValue().beginObject()
                .endObject();
        json.endArray().name("c").value(-1.5).name("d").joined("x", "", "y").name("e").value(Json.object("{\"f\":[]}")).endObject().end();
        assertThat(text()).isEqualTo("{\"a\":[1,\"b\",null,{}],\"c\":-1.5,\"d\":\"xy\",\"e\":{\"f\":[]}}");
    }

    @Test
    void rawBytesOfAnySizeAreCopiedAsTheyAre() throws IOException {
        byte[] large = new byte[20_000];
        Arrays.fill(large, (byte) ' ');
        new JsonOutput().begin(bytes).raw("[".getBytes(StandardCharsets.US_ASCII)).value(7).raw(large).endArray().end();
        assertThat(text()).startsWith("[7 ").hasSize(20_003).endsWith(" ]");
    }

    @Test
    void oneOutputWritesManyTexts() throws IOException {
        JsonOutput json = new JsonOutput();
        json.begin(bytes).value("a").end();
        json.begin(bytes).value("b").end();
        assertThat(text()).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void halfACharacterIsEscaped() throws IOException {
        new JsonOutput().begin(bytes).value("a\ud83d").end();
        assertThat(text()).isEqualTo("\"a\\ud83d\"");
    }

    @Property
    void whatIsWrittenIsRead(@ForAll String text, @ForAll @IntRange(min = 8150, max = 8200) int before) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String padding = "x".repeat(before);
        new JsonOutput().begin(out).beginObject().name(padding).value(text).endObject().end();
        assertThat(Json.object(out.toByteArray()).getString(padding)).isEqualTo(text);
    }
}
