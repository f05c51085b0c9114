package dev.hydra.dialect.completions;

import static dev.hydra.dialect.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.Written;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
    private static ClientRequest request(String fields) {
        return Written.request(new CompletionsDialect(), "{'model':'m','prompt':'Once'" + fields + "}");
    }

    @Test
    void thePromptAndTheOptionsAreCarried() {
        ClientRequest request = request(",'max_tokens':7,'temperature':0.5,'stop':['a','b'],'n':2,'best_of':3,'logit_bias':{'5':1}");

        assertThat(Written.parts(request)).containsExactly(new Part.Text("Once"));
        Options options = request.conversation().options();
        assertThat(options.maxTokens()).hasValue(7);
        assertThat(options.stop()).containsExactly("a", "b");
        assertThat(options.candidates()).isEqualTo(2);
        assertThat(request.ignored()).containsExactlyInAnyOrder("logit_bias", "best_of");
    }

    @Test
    void theAnswerIsATextCompletion() {
        JsonObject answer = Written.json(request(",'echo':true"), text(" upon"), text(" a time"), Written.end(FinishReason.LENGTH),
                Written.USAGE);

        assertThat(answer.getString("object")).isEqualTo("text_completion");
        JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getString("text")).isEqualTo("Once upon a time");
        assertThat(choice.getString("finish_reason")).isEqualTo("length");
        assertThat(answer.getJsonObject("usage").getInt("total_tokens")).isEqualTo(30);
    }

    @Test
    void aStreamHasChunksTheCountIfAskedForAndAnEndMark() {
        List<String> plain = Written.stream(request(""), text(" upon"), Written.end(FinishReason.STOP), Written.USAGE);
        assertThat(plain).hasSize(3).last().isEqualTo("[DONE]");
        assertThat(Json.object(plain.get(0)).getJsonArray("choices").getJsonObject(0).getString("text")).isEqualTo(" upon");

        List<String> counted = Written.stream(request(",'stream_options':{'include_usage':true}"), text("x"),
                Written.end(FinishReason.STOP), Written.USAGE);
        assertThat(Json.object(counted.get(2)).getJsonArray("choices")).isEmpty();
        assertThat(Json.object(counted.get(2)).getJsonObject("usage").getInt("prompt_tokens")).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"[1,2] | a string", "[[1,2],[3]] | a string", "[] | a string", "['a',''],'stream':true | a string", "5 | a string",
                "\"\" | empty", "null | a string"})
    void whatIsNoTextIsNoPrompt(String prompt, String allowed) {
        assertThatThrownBy(() -> Written.request(new CompletionsDialect(), "{'model':'m','prompt':" + prompt + "}"))
                .isInstanceOf(InvalidRequest.class).hasMessageContaining("'prompt'").hasMessageContaining(allowed);
    }

    @Test
    void severalPromptsAreSeveralRequests() {
        String rest = ",\"max_tokens\":7,\"n\":2}";
        assertThat(CompletionsDialect.each(("{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]" + rest).getBytes(StandardCharsets.UTF_8)))
                .extracting(Json::object).extracting(request -> request.getString("prompt") + request.getInt("max_tokens"))
                .containsExactly("a7", "b7");
        for (String one : List.of("\"a\"", "[\"a\"]", "[\"a\",7]", "[\"a\",\"b\"],\"stream\":true",
                "[" + "\"a\",".repeat(100) + "\"a\"]")) {
            assertThat(CompletionsDialect.each(("{\"prompt\":" + one + "}").getBytes(StandardCharsets.UTF_8))).as(one).isEmpty();
        }
    }

    @Test
    void logProbabilitiesAreFourListsWithPlacesBehindTheEcho() {
        ClientRequest asked = request(",'echo':true,'logprobs':1");
        assertThat(asked.conversation().options().topLogprobs()).hasValue(1);
        List<TokenLogprob> tokens = List.of(new TokenLogprob(" \ud83d\ude00", -0.5, List.of(new TokenLogprob(" a", -0.75, List.of()))),
                new TokenLogprob(" b", Double.NEGATIVE_INFINITY, List.of()));
        ReplyEvent[] events = {text(" \ud83d\ude00 b"), new ReplyEvent.Logprobs(0, tokens), Written.end(FinishReason.STOP)};
        JsonObject expected = Json.object("{\"tokens\":[\" \ud83d\ude00\",\" b\"],\"token_logprobs\":[-0.5,-9999.0],\"top_logprobs\":"
                + "[{\" a\":-0.75},{}],\"text_offset\":[4,6]}");

        JsonObject choice = Written.json(asked, events).getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getJsonObject("logprobs")).isEqualTo(expected);
        assertThat(Written.stream(asked, events)).anySatisfy(chunk -> assertThat(Json.object(chunk).getJsonArray("choices").getJsonObject(0)
                .get("logprobs")).isEqualTo(expected));
        assertThat(Written.json(request(""), text("x"), Written.end(FinishReason.STOP)).getJsonArray("choices").getJsonObject(0)
                .get("logprobs")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void aSuffixIsRefusedBecauseItChangesTheMeaning() {
        assertThatThrownBy(() -> request(",'suffix':'end'")).isInstanceOf(InvalidRequest.class).hasMessageContaining("'suffix'");
    }
}
