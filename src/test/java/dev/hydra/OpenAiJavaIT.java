package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.Image;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.models.Model;
import dev.hydra.support.RunningHydra;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official openai-java SDK against the executable WAR in demo mode. */
class OpenAiJavaIT {
    private static final String MODEL = "gemini-3-flash-preview";

    /** What structured output is asked for. */
    static final class Person {
        public String name = "";
        public int age;
    }

    @TempDir
    private static Path home;
    private static RunningHydra hydra;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        hydra = RunningHydra.start(home, Map.of(), "--demo");
        client = OpenAIOkHttpClient.builder().baseUrl(hydra.url() + "/v1").apiKey("sk-hydra-local").maxRetries(0).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        hydra.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String text) {
        return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(text);
    }

    private static ChatCompletionFunctionTool tells(String what) {
        return ChatCompletionFunctionTool.builder().function(FunctionDefinition.builder().name("get_" + what)
                .description("Tells the " + what + " of a city")
                .parameters(FunctionParameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city"))).build())
                .build()).build();
    }

    @Test
    void aWholeAnswer() {
        ChatCompletion reply = client.chat().completions().create(ask("Say hello").build());

        assertThat(reply.model()).isEqualTo(MODEL);
        assertThat(reply.choices()).hasSize(1);
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(reply.choices().get(0).message().content()).hasValueSatisfying(text -> assertThat(text).isNotBlank());
        assertThat(reply.usage()).hasValueSatisfying(
                usage -> assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens()));
    }

    @Test
    void aStreamedAnswerFoldsToAWholeOne() {
        ChatCompletionAccumulator folded = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams params = ask("Say hello").streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(folded::accumulate);
        }

        ChatCompletion reply = folded.chatCompletion();
        assertThat(reply.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(reply.choices().get(0).message().content()).hasValueSatisfying(text -> assertThat(text).isNotBlank());
        assertThat(reply.usage()).isPresent();
    }

    @Test
    void aToolCallAndItsResult() {
        ChatCompletionCreateParams first = ask("What is the weather in Oslo?").addTool(tells("weather"))
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED).build();

        ChatCompletion asked = client.chat().completions().create(first);

        assertThat(asked.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageToolCall call = asked.choices().get(0).message().toolCalls().orElseThrow().get(0);
        assertThat(call.asFunction().function().name()).isEqualTo("get_weather");

        ChatCompletion answered = client.chat().completions()
                .create(first.toBuilder().toolChoice(ChatCompletionToolChoiceOption.Auto.AUTO).addMessage(asked.choices().get(0).message())
                        .addMessage(ChatCompletionToolMessageParam.builder().toolCallId(call.asFunction().id()).content("{\"celsius\": -3}")
                                .build())
                        .build());

        assertThat(answered.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answered.choices().get(0).message().content()).hasValueSatisfying(text -> assertThat(text).contains("-3"));
    }

    @Test
    void parallelToolsStreamed() {
        ChatCompletionAccumulator folded = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams first = ask("Tell weather and time in Oslo").addTool(tells("weather")).addTool(tells("time"))
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED).build();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(first)) {
            stream.stream().forEach(folded::accumulate);
        }

        ChatCompletionMessage asked = folded.chatCompletion().choices().get(0).message();
        List<ChatCompletionMessageToolCall> calls = asked.toolCalls().orElseThrow();
        assertThat(calls).extracting(call -> call.asFunction().function().name()).containsExactlyInAnyOrder("get_weather", "get_time");
        ChatCompletionCreateParams.Builder second = first.toBuilder().toolChoice(ChatCompletionToolChoiceOption.Auto.AUTO)
                .addMessage(asked);
        calls.forEach(call -> second.addMessage(ChatCompletionToolMessageParam.builder().toolCallId(call.asFunction().id())
                .content(call.asFunction().function().name() + " of 7").build()));
        assertThat(client.chat().completions().create(second.build()).choices().get(0).message().content())
                .hasValueSatisfying(text -> assertThat(text).contains("get_weather of 7", "get_time of 7"));
    }

    @Test
    void structuredOutput() {
        Person person = client.chat().completions().create(ask("I met Ada, 36").responseFormat(Person.class).build()).choices().get(0)
                .message().content().orElseThrow();

        assertThat(person.name).isEqualTo("Ada");
        assertThat(person.age).isEqualTo(36);
    }

    @Test
    void embeddings() {
        List<Embedding> vectors = client.embeddings()
                .create(EmbeddingCreateParams.builder().model("text-embedding-3-small").inputOfArrayOfStrings(List.of("one", "two"))
                        .build())
                .data();

        assertThat(vectors).hasSize(2).extracting(Embedding::embedding).doesNotHaveDuplicates()
                .allSatisfy(vector -> assertThat(vector).hasSizeGreaterThan(100));
    }

    @Test
    void images() {
        List<Image> made = client.images().generate(ImageGenerateParams.builder().model("gpt-image-1").prompt("A boat").build()).data()
                .orElseThrow();

        assertThat(made).singleElement().satisfies(
                image -> assertThat(Base64.getDecoder().decode(image.b64Json().orElseThrow())).startsWith(0x89, 'P', 'N', 'G'));
    }

    @Test
    void models() {
        assertThat(client.models().list().data()).extracting(Model::id).contains(MODEL);
        assertThat(client.models().retrieve(MODEL).id()).isEqualTo(MODEL);
    }

    @Test
    void aWrongRequestNamesItsField() {
        ChatCompletionCreateParams wrong = ask("Hello").putAdditionalBodyProperty("temperature", JsonValue.from("warm")).build();

        assertThatThrownBy(() -> client.chat().completions().create(wrong)).isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
    }
}
