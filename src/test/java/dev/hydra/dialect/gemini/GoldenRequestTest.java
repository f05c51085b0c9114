package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.function;
import static dev.hydra.dialect.gemini.Talks.image;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.model;
import static dev.hydra.dialect.gemini.Talks.result;
import static dev.hydra.dialect.gemini.Talks.text;
import static dev.hydra.dialect.gemini.Talks.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One step of a coding agent, whole: the same conversation as each generation of models is told it. */
class GoldenRequestTest {
    private static Conversation agentStep() {
        Tool read = function("read file", "{'$schema':'x','type':'object','properties':{'path':{'type':'string','title':'Path'},"
                + "'lines':{'type':['integer','null'],'exclusiveMinimum':0}},'required':['path'],'additionalProperties':false}");
        Tool search = new Tool.Hosted(Tool.Kind.WEB_SEARCH, json("{}"));
        Part call = new Part.ToolCall("call_a", "read file", json("{'path':'a.txt'}"), Seal.gemini("c2ln"));
        Part second = new Part.ToolCall("call_b", "read file", json("{'path':'b.png'}"), Seal.NONE);
        Part picture = new Part.ToolResult("call_b", "", List.of(text("a picture"), image("", "")), false);
        Options options = new Options(
                new Sampling(OptionalDouble.of(0.2), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.of(7),
                        OptionalDouble.of(0.5),
                        OptionalDouble.empty()),
                new Thinking(new Thinking.Amount.Effort("medium"), Optional.of(true)), new Format.Plain(), OptionalInt.of(100_000),
                List.of("END"), 1, OptionalInt.empty(), true, List.of(), "", "priority", json("{}"));
        return new Conversation(List.of(text("You write code."), text("Be brief.")),
                List.of(user(text("What is in these?"), image("image/png", "high")), model(text("I look."), call), model(second),
                        user(picture), user(result("call_a", "{\"lines\":3}")), user("Go on.")),
                List.of(search, read), new ToolChoice(ToolChoice.Mode.AUTO, List.of()), options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-2.0-flash", "gemini-2.5-pro", "gemini-3-flash-preview"})
    void anAgentsStep(String model) throws IOException {
        try (InputStream golden = GoldenRequestTest.class.getResourceAsStream("agent-step." + model + ".json")) {
            JsonObject expected = Json.object(golden.readAllBytes());
            var request = Talks.GEMINI.write(agentStep(), model);
            assertThat(Json.object(request.body())).isEqualTo(expected.getJsonObject("body"));
            assertThat(request.ignored()).isEqualTo(expected.getJsonArray("ignored").getValuesAs(jakarta.json.JsonString::getString));
        }
    }
}
