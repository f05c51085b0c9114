package dev.hydra.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.wire.Passage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRequestReaderTest {
    private static ClientRequest request(String body) {
        return new GeminiEndpoints().of("some-model", new Passage("v1beta", "generateContent", "", Map.of()), false)
                .read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Conversation read(String body) {
        return request(body).conversation();
    }

    private static List<Part> parts(String parts) {
        return read("{\"contents\":[{\"role\":\"model\",\"parts\":" + parts + "}]}").turns().getFirst().parts();
    }

    @Test
    void everyKindOfPart() {
        assertThat(parts("[{\"text\":\"a\"},{\"text\":\"b\",\"thought\":true,\"thoughtSignature\":\"c2ln\"},"
                + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aGk=\"}},{\"fileData\":{\"fileUri\":\"https://x/y.pdf\"}},"
                + "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":1}}},"
                + "{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":{\"output\":\"done\"}}},"
                + "{\"executableCode\":{\"code\":\"1+1\"}}]")).satisfiesExactly(
                        part -> assertThat(part).isEqualTo(new Part.Text("a")),
                        part -> assertThat(part).isEqualTo(new Part.Thought("b", Seal.gemini("c2ln"))),
                        part -> assertThat(((Part.Media) part).source()).isEqualTo(new Part.Source.Inline("aGk=")),
                        part -> assertThat(((Part.Media) part).source()).isEqualTo(new Part.Source.Link("https://x/y.pdf")),
                        part -> assertThat(((Part.ToolCall) part).arguments()).hasToString("{\"a\":1}"),
                        part -> assertThat(((Part.ToolResult) part).content()).containsExactly(new Part.Text("done")),
                        part -> assertThat(part).isInstanceOf(Part.Foreign.class));
    }

    @Test
    void snakeCaseMeansTheSame() {
        Conversation snake = read(
                "{\"system_instruction\":{\"parts\":[{\"text\":\"Be brief\"}]},\"contents\":[{\"role\":\"user\",\"parts\":"
                        + "[{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\"aGk=\"}}]}],\"generation_config\":{\"max_output_tokens\":7,"
                        + "\"top_p\":0.5,\"stop_sequences\":[\"x\"],\"thinking_config\":{\"thinking_budget\":0}},\"tools\":[{\"function_declarations\":"
                        + "[{\"name\":\"f\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"max_items\":{\"type\":\"STRING\","
                        + "\"nullable\":true}}}}]},{\"google_search\":{}}],\"tool_config\":{\"function_calling_config\":{\"mode\":\"any\","
                        + "\"allowed_function_names\":[\"f\"]}}}");
        Conversation camel = read("{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"}]},\"contents\":[{\"role\":\"user\",\"parts\":"
                + "[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aGk=\"}}]}],\"generationConfig\":{\"maxOutputTokens\":7,"
                + "\"topP\":0.5,\"stopSequences\":[\"x\"],\"thinkingConfig\":{\"thinkingBudget\":0}},\"tools\":[{\"functionDeclarations\":"
                + "[{\"name\":\"f\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"max_items\":{\"type\":\"STRING\","
                + "\"nullable\":true}}}}]},{\"googleSearch\":{}}],\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\","
                + "\"allowedFunctionNames\":[\"f\"]}}}");

        assertThat(snake).isEqualTo(camel);
        assertThat(snake.options().maxTokens()).hasValue(7);
        assertThat(snake.options().thinking().amount()).isEqualTo(new Thinking.Amount.Off());
        assertThat(snake.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f")));
        assertThat(((Tool.Function) snake.tools().getFirst()).parameters())
                .hasToString("{\"type\":\"object\",\"properties\":{\"max_items\":{\"type\":[\"string\",\"null\"]}}}");
        assertThat(snake.tools().getLast()).isInstanceOf(Tool.Hosted.class);
    }

    @Test
    void oneValueWhereAListBelongsAndAMissingRole() {
        Conversation read = read("{\"contents\":{\"parts\":{\"text\":\"Hi\"}}}");

        assertThat(read.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
    }

    @Test
    void anErrorResultIsOneAndAnyOtherObjectIsTheOutput() {
        assertThat(parts("[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"error\":\"no\"}}}]"))
                .containsExactly(new Part.ToolResult("", "f", List.of(new Part.Text("no")), true));
        assertThat(parts("[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"$ref\":\"#\",\"b\":2}}}]"))
                .containsExactly(new Part.ToolResult("", "f", List.of(new Part.Text("{\"$ref\":\"#\",\"b\":2}")), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"responseMimeType\":\"application/json\"} | AnyJson",
        "{\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\"}} | Schema",
        "{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"type\":\"object\"}} | Schema",
        "{\"responseMimeType\":\"text/plain\"} | Plain",
        "{} | Plain"})
    void formats(String config, String expected) {
        Format format = read("{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":" + config + "}").options().format();

        assertThat(format.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void whatCannotBeCarriedIsListed() {
        ClientRequest request = request("{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"safetySettings\":[{\"category\":\"c\"}],"
                + "\"labels\":{},\"generationConfig\":{\"audioTimestamp\":true},\"tools\":[{\"retrieval\":{}}]}");
        request.conversation();

        assertThat(request.ignored()).containsExactlyInAnyOrder("safetySettings", "generationConfig.audioTimestamp", "tools[0].retrieval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"contents\":[]}", "{\"contents\":\"x\"}", "{\"contents\":[1]}", "{\"contents\":[{\"parts\":\"x\"}]}",
        "{\"contents\":[{\"role\":\"assistant\",\"parts\":[{\"text\":\"x\"}]}]}", "{\"contents\":[{\"parts\":[{\"text\":1}]}]}",
        "{\"contents\":[{\"parts\":[{\"inlineData\":{\"data\":\"?\"}}]}]}", "{\"contents\":[{\"parts\":[{\"functionCall\":{}}]}]}",
        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":[]}}]}]}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"tools\":[1]}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"tools\":[{\"functionDeclarations\":[{}]}]}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"SOMETIMES\"}}}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"temperature\":\"warm\"}}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":3}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"generationConfig\":{\"responseMimeType\":\"text/xml\"}}",
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"cachedContent\":\"cachedContents/x\"}"})
    void wrongRequestsNameTheField(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidRequest.class).hasMessageContaining("'");
    }

    @Test
    void methodsThatOnlyGeminiHasAreRefusedForOtherProviders() {
        ClientRequest request = new GeminiEndpoints().of("m", new Passage("v1beta", "countTokens", "", Map.of()), false)
                .read("{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(request::conversation).isInstanceOf(InvalidRequest.class).hasMessageContaining("countTokens");
    }
}
