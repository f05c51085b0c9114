package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.HEAD;
import static dev.hydra.dialect.responses.Responses.STOP;
import static dev.hydra.dialect.responses.Responses.all;
import static dev.hydra.dialect.responses.Responses.call;
import static dev.hydra.dialect.responses.Responses.input;
import static dev.hydra.dialect.responses.Responses.output;
import static dev.hydra.dialect.responses.Responses.parts;
import static dev.hydra.dialect.responses.Responses.request;
import static dev.hydra.dialect.responses.Responses.sealed;
import static dev.hydra.dialect.responses.Responses.text;
import static dev.hydra.dialect.responses.Responses.thought;
import static dev.hydra.dialect.responses.Responses.whole;
import static dev.hydra.dialect.responses.Responses.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.ForeignMade;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the provider wants back comes back: through the client, and through the archive (spec mapping §5.4). */
class ResponsesSealsTest {
    private static final Seal SEAL = Seal.gemini("c2ln");
    private static final JsonObject FOREIGN = Json.object("{\"toolResponse\":{\"id\":\"t1\"}}");

    private static List<Part> back(List<ReplyEvent> reply) {
        List<JsonObject> items = output(whole(sealed(""), reply));
        return parts(input(items.stream().map(JsonObject::toString).collect(Collectors.joining(","))));
    }

    @Test
    void theSignatureOfACallStandsInTheItemBeforeItAndComesBack() {
        List<ReplyEvent> reply = all(call(0, "c1", "f", "{}", SEAL), call(1, "c2", "f", "{}", Seal.NONE), STOP);

        List<JsonObject> items = output(whole(sealed(""), reply));

        assertThat(items).extracting(item -> item.getString("type")).containsExactly("reasoning", "function_call", "function_call");
        assertThat(items.getFirst().getString("encrypted_content")).isEqualTo("hydra:v1:gemini:next:c2ln");
        assertThat(items.getFirst().getJsonArray("summary")).isEmpty();
        assertThat(back(reply)).extracting("seal").containsExactly(SEAL, Seal.NONE);
    }

    @Test
    void aThoughtBeforeTheCallCarriesItsSignature() {
        List<ReplyEvent> reply = all(thought("hm"), call(0, "c1", "f", "{}", SEAL), STOP);

        assertThat(output(whole(sealed(""), reply))).hasSize(2);
        assertThat(back(reply)).containsExactly(new Part.ToolCall("c1", "f", JsonValue.EMPTY_JSON_OBJECT, SEAL));
    }

    @Test
    void signaturesOfThoughtsTextsPicturesAndOwnPartsComeBackInTheirPlaces() {
        List<Part> parts = back(all(new ThoughtDelta(0, "hm", SEAL), text("So"), new TextDelta(0, ".", Seal.gemini("dHh0")),
                new MediaMade(0, "image/png", "iVBORw0K", Seal.gemini("aW1n")), new ForeignMade(0, new Part.Foreign("gemini", FOREIGN),
                        Seal.NONE),
                text("end"), new TextDelta(0, "", Seal.gemini("ZW5k")), STOP));

        assertThat(parts).hasSize(6);
        assertThat(parts.get(0)).isEqualTo(new Part.Thought("hm", SEAL));
        assertThat(parts.get(1)).isEqualTo(new Part.Text("So.", Seal.gemini("dHh0")));
        assertThat(((Part.Media) parts.get(2)).seal()).isEqualTo(Seal.gemini("aW1n"));
        assertThat(parts.get(3)).isEqualTo(new Part.Foreign("gemini", FOREIGN));
        assertThat(parts.get(4)).isEqualTo(new Part.Text("end"));
        assertThat(parts.get(5)).isEqualTo(new Part.Text("", Seal.gemini("ZW5k")));
    }

    @Test
    void aDamagedCarrierIsNoSignature() {
        for (String damaged : List.of("hydra:v1:", "hydra:v1::next:x", "hydra:v1:gemini:sideways:x", "hydra:v1:gemini:next:",
                "hydra:v2:x")) {
            assertThat(Carrier.read(damaged)).as(damaged).isEmpty();
        }
        assertThat(Carrier.read("hydra:v1:gemini:part:!!").orElseThrow().part()).isEmpty();
    }

    @Test
    void whoDoesNotAskForThemSeesNone() {
        String shown = whole(with(""), all(thought("hm"), call(0, "c1", "f", "{}", SEAL), text("x"), new TextDelta(0, "", SEAL), STOP))
                .toString();

        assertThat(shown).doesNotContain("encrypted_content").doesNotContain("c2ln").doesNotContain("\"hm\"");
    }

    @Test
    void theArchiveKeepsThemAllTheSame() {
        Responses.Shelf shelf = new Responses.Shelf();
        answered(request("{'model':'m','input':'first'}", shelf), "one", all(call(0, "c1", "f", "{}", SEAL), STOP));
        ClientRequest second = request(
                "{'model':'m','previous_response_id':'resp_one','input':[{'type':'function_call_output','call_id':'c1',"
                        + "'output':'done'}]}",
                shelf);

        assertThat(parts(second.conversation())).containsExactly(new Part.Text("first"),
                new Part.ToolCall("c1", "f", JsonValue.EMPTY_JSON_OBJECT, SEAL),
                new Part.ToolResult("c1", "f", List.of(new Part.Text("done")), false));

        answered(second, "two", all(text("Good."), STOP));
        assertThat(parts(request("{'model':'m','previous_response_id':'resp_two','input':'more'}", shelf).conversation())).hasSize(5);
        assertThat(shelf.kept.get("resp_two").input().asJsonArray()).hasSize(1);
    }

    @Test
    void aReferenceBringsTheItemAndWhatItsNeighbourCarries() {
        Responses.Shelf shelf = new Responses.Shelf();
        answered(request("{'model':'m','input':'first'}", shelf), "one", all(call(0, "c1", "f", "{}", SEAL), STOP));
        String id = output(shelf.kept.get("resp_one").reply()).getFirst().getString("id");

        assertThat(parts(
                request("{'model':'m','input':[{'role':'user','content':'first'},{'type':'item_reference','id':'" + id + "'}]}", shelf)
                        .conversation()))
                .last().isEqualTo(new Part.ToolCall("c1", "f", JsonValue.EMPTY_JSON_OBJECT, SEAL));
    }

    @Test
    void storeFalseKeepsNothing() {
        Responses.Shelf shelf = new Responses.Shelf();
        answered(request("{'model':'m','input':'first','store':false}", shelf), "one", all(text("x"), STOP));

        assertThat(shelf.kept).isEmpty();
    }

    @Test
    void anUnknownResponseIsAClearError() {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class,
                () -> request("{'model':'m','previous_response_id':'resp_gone','input':'x'}"));

        assertThat(refusal.kind()).isEqualTo(Failure.Kind.NOT_FOUND);
        assertThat(refusal).hasMessage("Previous response with id 'resp_gone' not found.");
        assertThat(new String(OpenAiError.document(new Failure(refusal.kind(), refusal.getMessage(), refusal.field(), Optional.empty())),
                StandardCharsets.UTF_8)).contains("\"code\":\"previous_response_not_found\"", "\"param\":\"previous_response_id\"");
    }

    private static void answered(ClientRequest request, String id, List<ReplyEvent> reply) {
        ReplyWriter writer = request.whole(new ReplyHead("req_" + id, "m", HEAD.created()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (ReplyEvent event : reply) {
                writer.write(event, out);
            }
            writer.end(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
