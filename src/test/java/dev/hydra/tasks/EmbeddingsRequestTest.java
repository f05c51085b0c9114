package dev.hydra.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsRequestTest {
    private static EmbeddingsRequest read(String fields) {
        byte[] body = ("{'model':'m'" + fields + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return EmbeddingsRequest.read(new BodyScan().peek(body), body);
    }

    @Test
    void eachInputIsARequestOfItsOwn() {
        EmbeddingsRequest request = read(",'input':['a','b'],'dimensions':256,'task_type':'RETRIEVAL_QUERY','user':'u'");

        JsonObject batch = Json.object(request.batch("gemini-embedding-001", request.inputs()));

        assertThat(batch.getJsonArray("requests")).hasSize(2);
        assertThat(batch.getJsonArray("requests").getJsonObject(1)).isEqualTo(Json.object("{\"model\":\"models/gemini-embedding-001\","
                + "\"content\":{\"parts\":[{\"text\":\"b\"}]},\"outputDimensionality\":256,\"taskType\":\"RETRIEVAL_QUERY\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {"'input':'' ; input", "'input':[] ; input", "'input':['a',''] ; input[1]",
        "'input':[1,2] ; input[0]", "'input':[[1],[2]] ; input[0]", "'input':{} ; input", "'x':1 ; input",
        "'input':'a','encoding_format':'hex' ; encoding_format", "'input':'a','dimensions':0 ; dimensions"})
    void whatCannotBeDoneIsRefusedByName(String fields, String field) {
        assertThatThrownBy(() -> read("," + fields)).isInstanceOf(InvalidRequest.class).hasMessageContaining("'" + field + "'");
    }

    @Test
    void vectorsAreReadAndWrittenAsNumbersOrAsLittleEndianFloats() throws IOException {
        Vectors vectors = Vectors
                .read("{\"embeddings\":[{\"values\":[1,-0.5]},{\"values\":[3e0,4]}],\"usageMetadata\":{\"promptTokenCount\":7}}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(vectors.all()).containsExactly(new float[] {1, -0.5f}, new float[] {3, 4});
        assertThat(vectors.tokens()).isEqualTo(7);
        assertThat(written(vectors.all().getFirst(), false)).isEqualTo("[1.0,-0.5]");
        assertThat(written(vectors.all().getFirst(), true)).isEqualTo("\"AACAPwAAAL8=\"");
        Vectors.normalise(vectors.all().getLast());
        assertThat(vectors.all().getLast()).containsExactly(0.6f, 0.8f);
    }

    private static String written(float[] vector, boolean base64) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonOutput json = new JsonOutput().begin(out);
        Vectors.write(json, vector, base64);
        json.end();
        return out.toString(StandardCharsets.UTF_8);
    }
}
