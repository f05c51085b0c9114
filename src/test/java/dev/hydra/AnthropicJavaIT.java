package dev.hydra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.hydra.support.RunningHydra;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official anthropic-java SDK against the executable WAR in demo mode. */
class AnthropicJavaIT {
    private static final String MODEL = "claude-sonnet-4-5";
    private static final Tool WEATHER = tells("weather");

    /** What structured output is asked for. */
    static final class Person {
        public String name = "";
        public int age;
    }

    @TempDir
    private static Path home;
    private static RunningHydra hydra;
    private static AnthropicClient client;

    @BeforeAll
    static void start() {
        hydra = RunningHydra.start(home, Map.of(), "--demo");
        client = AnthropicOkHttpClient.builder().baseUrl(hydra.url().toString()).apiKey("sk-hydra-local").maxRetries(0).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        hydra.close();
    }

    private static MessageCreateParams.Builder ask(String text) {
        return MessageCreateParams.builder().model(MODEL).maxTokens(8192).addUserMessage(text);
    }

    private static Tool tells(String what) {
        return Tool.builder().name("get_" + what).description("Tells the " + what + " of a city")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string"))).build())
                        .addRequired("city").build())
                .build();
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream().flatMap(block -> block.toolUse().stream()).toList();
    }

    private static String text(Message message) {
        return message.content().stream().flatMap(block -> block.text().stream()).map(TextBlock::text).collect(Collectors.joining());
    }

    @Test
    void aWholeAnswer() {
        Message message = client.messages().create(ask("Say hello").build());

        assertThat(message.validate().model().asString()).isEqualTo(MODEL);
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(text(message)).isNotBlank();
        assertThat(message.usage().inputTokens()).isPositive();
        assertThat(message.usage().outputTokens()).isPositive();
    }

    @Test
    void aStreamedAnswerFoldsToAWholeOne() {
        MessageAccumulator folded = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(ask("Say hello").build())) {
            stream.stream().forEach(folded::accumulate);
        }

        assertThat(folded.message().stopReason()).contains(StopReason.END_TURN);
        assertThat(text(folded.message())).isNotBlank();
    }

    @Test
    void aToolCallAndItsResultWithThinking() {
        MessageCreateParams first = ask("What is the weather in Oslo?").addTool(WEATHER).enabledThinking(2048)
                .toolChoice(ToolChoiceAny.builder().build()).build();

        Message asked = client.messages().create(first);

        assertThat(asked.stopReason()).contains(StopReason.TOOL_USE);
        ToolUseBlock call = calls(asked).getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(asked.content().stream().filter(ContentBlock::isThinking).map(block -> block.asThinking().signature()))
                .allSatisfy(signature -> assertThat(signature).isNotBlank());

        Message answered = client.messages()
                .create(ask("What is the weather in Oslo?").addTool(WEATHER).enabledThinking(2048).addMessage(asked)
                        .addUserMessageOfContentBlockParams(List.of(ContentBlockParam
                                .ofToolResult(ToolResultBlockParam.builder().toolUseId(call.id()).content("{\"celsius\": -3}").build())))
                        .build());

        assertThat(answered.stopReason()).contains(StopReason.END_TURN);
        assertThat(text(answered)).contains("-3");
    }

    @Test
    void parallelToolsStreamed() {
        MessageAccumulator folded = MessageAccumulator.create();
        MessageCreateParams first = ask("Tell weather and time in Oslo").addTool(WEATHER).addTool(tells("time"))
                .toolChoice(ToolChoiceAny.builder().build()).build();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(first)) {
            stream.stream().forEach(folded::accumulate);
        }

        assertThat(calls(folded.message())).extracting(ToolUseBlock::name).containsExactlyInAnyOrder("get_weather", "get_time");
        List<ContentBlockParam> results = calls(folded.message()).stream().map(call -> ContentBlockParam
                .ofToolResult(ToolResultBlockParam.builder().toolUseId(call.id()).content(call.name() + " of 7").build())).toList();
        Message answered = client.messages().create(ask("Tell weather and time in Oslo").addTool(WEATHER).addTool(tells("time"))
                .addMessage(folded.message()).addUserMessageOfContentBlockParams(results).build());
        assertThat(text(answered)).contains("get_weather of 7", "get_time of 7");
    }

    @Test
    void structuredOutput() {
        Person person = client.messages().create(ask("I met Ada, 36").outputConfig(Person.class).build()).content().stream()
                .flatMap(block -> block.text().stream()).findFirst().orElseThrow().text();

        assertThat(person.name).isEqualTo("Ada");
        assertThat(person.age).isEqualTo(36);
    }

    @Test
    void tokensAreCounted() {
        MessageCountTokensParams params = MessageCountTokensParams.builder().model(MODEL).addUserMessage("Say hello").build();
        assertThat(client.messages().countTokens(params).inputTokens()).isPositive();
    }

    @Test
    void models() {
        assertThat(client.models().list().data()).extracting(model -> model.id()).contains("gemini-2.5-flash");
    }

    @Test
    void aWrongRequestNamesItsField() {
        MessageCreateParams wrong = ask("Hello").putAdditionalBodyProperty("temperature", JsonValue.from("warm")).build();

        assertThatThrownBy(() -> client.messages().create(wrong)).isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
    }
}
