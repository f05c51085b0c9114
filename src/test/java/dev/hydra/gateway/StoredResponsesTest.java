package dev.hydra.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.Archive;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Responses through the whole gateway: what is stored is built on, with the provider's signatures. */
class StoredResponsesTest extends WithGateway {
    private static final String TOOL = "\"model\":\"gemini-3-flash-preview\",\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"strict\":false,"
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}]";

    private final ResponsesDialect responses = new ResponsesDialect();
    private final List<Archive.Kept> kept = new ArrayList<>();

    private final class Shelf implements Archive {
        @Override
        public void keep(Kept each) {
            kept.add(each);
        }

        @Override
        public List<Kept> chain(String id) {
            return kept.stream().filter(each -> each.id().equals(id)).toList();
        }

        @Override
        public boolean delete(String id) {
            return kept.removeIf(each -> each.id().equals(id));
        }
    }

    @Test
    void aToolsResultFollowsItsStoredCall() {
        with("key-a").archive = new Shelf();
        JsonObject first = TestGateway
                .json(gateway.answer(responses, "{" + TOOL + ",\"input\":\"Weather in Ulm?\",\"tool_choice\":\"required\"}"));
        gemini.takeRequest();
        String id = first.getJsonArray("output").getValuesAs(JsonObject.class).getLast().getString("call_id");

        JsonObject second = TestGateway.json(gateway.answer(responses, "{" + TOOL + ",\"previous_response_id\":\"" + first.getString("id")
                + "\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"" + id + "\",\"output\":\"mild\"}]}"));

        assertThat(second.getString("status")).isEqualTo("completed");
        assertThat(second.toString()).contains("mild");
        assertThat(new String(gemini.takeRequest().body(), StandardCharsets.UTF_8)).contains("Weather in Ulm?", "functionCall",
                "thoughtSignature", "functionResponse").doesNotContain("skip_thought_signature_validator");
        assertThat(kept).extracting(Archive.Kept::previous).containsExactly("", first.getString("id"));
    }

    @Test
    void anUnknownResponseIsA404AndCostsNoKey() {
        with("key-a").archive = new Shelf();
        Answer answer = gateway.answer(responses, "{" + TOOL + ",\"previous_response_id\":\"resp_gone\",\"input\":\"x\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(error(answer).getString("code")).isEqualTo("previous_response_not_found");
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void aStreamIsStoredWhenItIsComplete() throws IOException {
        with("key-a").archive = new Shelf();
        String stream = TestGateway.stream(gateway.answer(responses, "{" + TOOL + ",\"stream\":true,\"input\":\"Hello\"}"));

        assertThat(stream).startsWith("event: response.created\n").contains("event: response.completed\n");
        String last = stream.substring(stream.lastIndexOf("data: ") + "data: ".length());
        assertThat(kept).singleElement().extracting(Archive.Kept::reply).isEqualTo(Json.object(last).getJsonObject("response"));
    }
}
