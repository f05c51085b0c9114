package dev.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
    private static final String TYPE = "multipart/form-data; boundary=XyZ";

    private static byte[] body(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsAndFilesKeepTheirOrderNamesAndBytes() throws IOException {
        MultipartForm form = MultipartForm.parse(body("""
                --XyZ
                Content-Disposition: form-data; name="model"

                whisper
                --XyZ
                Content-Disposition: form-data; name="file"; filename="a \\"b\\"; c.wav"
                Content-Type: Audio/WAV; codecs=1

                \0\u00ff
                --XyZ--
                """), TYPE);

        assertThat(form.items()).extracting(MultipartForm.Item::name).containsExactly("model", "file");
        assertThat(new String(form.items().get(0).bytes(), StandardCharsets.UTF_8)).isEqualTo("whisper");
        assertThat(form.items().get(1).filename()).isEqualTo("a \"b\"; c.wav");
        assertThat(form.items().get(1).type()).isEqualTo("audio/wav");
        assertThat(form.items().get(1).bytes()).containsExactly(0, 0xff);
    }

    @Test
    void aQuotedBoundaryAndAnUnquotedNameAreUnderstood() throws IOException {
        MultipartForm form = MultipartForm.parse(body("--a b\nContent-Disposition: form-data; name=x\n\n1\n--a b--\n"),
                "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"");

        assertThat(form.items()).extracting(MultipartForm.Item::name).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--XyZ", "nothing of the kind", "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\nno end",
        "--XyZ\nContent-Disposition: form-data\n\nno name\n--XyZ--\n"})
    void whatIsNoCompleteFormIsRefused(String text) {
        assertThatThrownBy(() -> MultipartForm.parse(body(text), TYPE)).isInstanceOf(IOException.class);
    }

    @Test
    void withoutABoundaryThereIsNoForm() {
        assertThatThrownBy(() -> MultipartForm.parse(body("x"), "multipart/form-data")).isInstanceOf(IOException.class)
                .hasMessageContaining("boundary");
    }

    /** Spec defects S11. */
    @Test
    void anEndlessBoundaryIsRefusedUnread() {
        for (String boundary : new String[] {"-".repeat(71), "-".repeat(100_000), "\"\""}) {
            assertThatThrownBy(() -> MultipartForm.parse(body("-".repeat(200_000)), "multipart/form-data; boundary=" + boundary))
                    .isInstanceOf(IOException.class).hasMessageContaining("70");
        }
    }

    @Test
    void manyItemsAreRefused() {
        String item = "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\n1\n";

        assertThatThrownBy(() -> MultipartForm.parse(body(item.repeat(1001) + "--XyZ--\n"), TYPE)).isInstanceOf(IOException.class)
                .hasMessageContaining("1000");
    }
}
