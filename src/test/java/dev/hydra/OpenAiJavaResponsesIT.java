package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponseCreateParams;
import com.openai.models.responses.ToolChoiceOptions;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.hydra.support.RunningHydra;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official openai-java SDK speaking Responses with the executable WAR in demo mode. */
class OpenAiJavaResponsesIT {
    private static final String MODEL = "gemini-3-flash-preview";

    @TempDir
    private static Path home;
    private static RunningHydra hydra;
    private static OpenAIClient client;

    /** Has public fields, by which the SDK makes the schema. */
    static final class Person {
        public String name = "";
        public int age;
    }

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

    private static ResponseCreateParams.Builder ask(String text) {
        return ResponseCreateParams.builder().model(MODEL).input(text);
    }

    private static FunctionTool tool(String name) {
        return FunctionTool.builder().name(name).description("Tells the " + name + " of a city").strict(false)
                .parameters(FunctionTool.Parameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city"))).build())
                .build();
    }

    private static String text(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isMessage).flatMap(item -> item.asMessage().content().stream())
                .map(part -> part.asOutputText().text()).collect(Collectors.joining());
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isFunctionCall).map(ResponseOutputItem::asFunctionCall).toList();
    }

    @Test
    void aWholeAnswer() {
        Response reply = client.responses().create(ask("Say hello").build()).validate();

        assertThat(reply.status()).contains(ResponseStatus.COMPLETED);
        assertThat(text(reply)).isNotBlank();
        assertThat(reply.usage()).hasValueSatisfying(
                usage -> assertThat(usage.totalTokens()).isEqualTo(usage.inputTokens() + usage.outputTokens()));
    }

    @Test
    void aStreamedAnswerFoldsToAWholeOne() {
        ResponseAccumulator folded = ResponseAccumulator.create();
        StringBuilder deltas = new StringBuilder();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(ask("Say hello").build())) {
            stream.stream().map(ResponseStreamEvent::validate).peek(event -> event.outputTextDelta().ifPresent(
                    delta -> deltas.append(delta.delta()))).forEach(folded::accumulate);
        }

        assertThat(text(folded.response())).isNotBlank().isEqualTo(deltas.toString());
    }

    @Test
    void aToolCallAndItsResultByThePreviousResponse() {
        Response asked = client.responses()
                .create(ask("What is the weather in Oslo?").addTool(tool("weather")).toolChoice(ToolChoiceOptions.REQUIRED).build());
        ResponseFunctionToolCall call = calls(asked).getFirst();
        assertThat(call.name()).isEqualTo("weather");

        Response answered = client.responses().create(ResponseCreateParams.builder().model(MODEL).previousResponseId(asked.id())
                .addTool(tool("weather")).inputOfResponse(List.of(ResponseInputItem.ofFunctionCallOutput(
                        ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output("{\"celsius\": -3}").build())))
                .build());

        assertThat(text(answered)).contains("-3");
        assertThat(answered.previousResponseId()).contains(asked.id());
    }

    @Test
    void parallelCalls() {
        Response asked = client.responses().create(ask("Weather and time in Oslo").addTool(tool("weather")).addTool(tool("time"))
                .toolChoice(ToolChoiceOptions.REQUIRED).build());

        assertThat(calls(asked)).extracting(ResponseFunctionToolCall::name).containsExactlyInAnyOrder("weather", "time");
    }

    @Test
    void jsonByASchema() {
        StructuredResponseCreateParams<Person> params = ask("Give me a person").text(Person.class).build();

        Person person = client.responses().create(params).output().stream().flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream()).flatMap(content -> content.outputText().stream()).findFirst().orElseThrow();

        assertThat(person.name).isNotBlank();
    }

    @Test
    void aStoredResponseIsFoundAndForgotten() {
        Response made = client.responses().create(ask("Remember this").build());

        assertThat(text(client.responses().retrieve(made.id()))).isEqualTo(text(made));
        client.responses().delete(made.id());
        assertThatThrownBy(() -> client.responses().retrieve(made.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void inputTokens() {
        assertThat(client.responses().inputTokens().count(InputTokenCountParams.builder().model(MODEL).input("Say hello").build())
                .inputTokens()).isPositive();
    }

    @Test
    void aWrongRequestNamesItsField() {
        ResponseCreateParams wrong = ask("Hello").putAdditionalBodyProperty("temperature", JsonValue.from("warm")).build();

        assertThatThrownBy(() -> client.responses().create(wrong)).isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
    }
}
