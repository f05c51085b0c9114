package dev.hydra.dialect.completions;

import static dev.hydra.dialect.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.Written;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
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
            value = {"['a','b'] | one string", "[1,2] | one string", "5 | one string", "\"\" | empty", "null | one string"})
    void onlyOneTextIsAPrompt(String prompt, String allowed) {
        assertThatThrownBy(() -> Written.request(new CompletionsDialect(), "{'model':'m','prompt':" + prompt + "}"))
                .isInstanceOf(InvalidRequest.class).hasMessageContaining("'prompt'").hasMessageContaining(allowed);
    }

    @Test
    void aSuffixIsRefusedBecauseItChangesTheMeaning() {
        assertThatThrownBy(() -> request(",'suffix':'end'")).isInstanceOf(InvalidRequest.class).hasMessageContaining("'suffix'");
    }
}
