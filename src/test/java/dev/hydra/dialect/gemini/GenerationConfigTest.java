package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.V20;
import static dev.hydra.dialect.gemini.Talks.V25;
import static dev.hydra.dialect.gemini.Talks.V3;
import static dev.hydra.dialect.gemini.Talks.body;
import static dev.hydra.dialect.gemini.Talks.format;
import static dev.hydra.dialect.gemini.Talks.function;
import static dev.hydra.dialect.gemini.Talks.google;
import static dev.hydra.dialect.gemini.Talks.ignored;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.lengths;
import static dev.hydra.dialect.gemini.Talks.sampling;
import static dev.hydra.dialect.gemini.Talks.text;
import static dev.hydra.dialect.gemini.Talks.thinking;
import static dev.hydra.dialect.gemini.Talks.user;
import static dev.hydra.dialect.gemini.Talks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.dialect.InvalidRequest;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationConfigTest {
    private static final Format SCHEMA = new Format.Schema("n", "", json("{'type':'object','properties':{'a':{'type':'string'}}}"), true);

    private static JsonObject config(Options options, String model, Tool... tools) {
        return Members.object(body(with(options, tools), model), "generationConfig");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            gemini-2.5-pro, none, 128
            gemini-2.5-pro, low, 1024
            gemini-2.5-pro, max, 32768
            gemini-2.5-pro-exp-03-25, high, 24576
            gemini-2.5-flash, none, 0
            gemini-2.5-flash, minimal, 1024
            gemini-2.5-flash, medium, 8192
            gemini-2.5-flash, xhigh, 24576
            gemini-2.5-flash-lite, none, 0
            gemini-live-2.5-flash-preview, low, 1024
            models/gemini-2.5-flash, budget 100000, 24576
            gemini-2.5-flash, budget -1, -1
            gemini-2.5-flash, budget 0, 0
            gemini-2.5-pro, budget 0, 128
            gemini-2.5-flash-lite, budget 100, 512
            gemini-robotics-er-1.5-preview, low, 1024
            gemini-3-pro-preview, none, LOW
            gemini-3-pro-preview, medium, HIGH
            gemini-3.1-pro-preview, minimal, LOW
            gemini-3.1-pro-preview, medium, MEDIUM
            gemini-3-flash-preview, none, MINIMAL
            gemini-3-flash-preview, xhigh, HIGH
            gemini-3-flash-preview, budget 512, MINIMAL
            gemini-3-flash-preview, budget 1024, LOW
            gemini-3-flash-preview, budget 8192, MEDIUM
            gemini-3-flash-preview, budget 9000, HIGH
            gemini-3-flash-preview, budget -1, ''
            gemini-3.1-flash-lite-preview, low, MINIMAL
            gemini-3.1-flash-lite, low, LOW
            gemini-3.1-flash-image-preview, medium, HIGH
            gemini-3.6-flash, minimal, MINIMAL
            gemini-3.8-flash, minimal, LOW
            gemini-flash-latest, none, LOW
            gemini-4-hydrogen, minimal, LOW
            gemini-4-hydrogen, medium, MEDIUM
            """)
    void defect24ThinkingIsClampedToTheModel(String model, String effort, String expected) {
        Amount amount = effort.equals("none") ? new Amount.Off()
                : effort.startsWith("budget ") ? new Amount.Budget(Integer.parseInt(effort.substring(7))) : new Amount.Effort(effort);
        JsonObject config = Members.object(config(thinking(amount, false), model), "thinkingConfig");
        String found = config.containsKey("thinkingLevel") ? config.getString("thinkingLevel")
                : config.containsKey("thinkingBudget") ? String.valueOf(config.getInt("thinkingBudget")) : "";
        assertThat(found).isEqualTo(expected);
        assertThat(config).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.0-flash", "gemini-1.5-pro-002", "gemini-pro", "gemini-exp-1206", "gemma-3-27b-it", "gemini-2.5-flash-image",
        "gemini-2.5-flash-preview-tts", "learnlm-2.0-flash-experimental"})
    void modelsWithoutThinkingGetNoneAndItIsSaid(String model) {
        Conversation talk = with(thinking(new Amount.Effort("high"), true));
        assertThat(body(talk, model)).doesNotContainKey("generationConfig");
        assertThat(ignored(talk, model)).containsExactly("reasoning_effort");
    }

    @Test
    void thoughtsAreShownOnlyWhereThereAreAny() {
        assertThat(config(thinking(new Amount.ByModel(), true), V3)).isEqualTo(json("{'thinkingConfig':{'includeThoughts':true}}"));
        assertThat(config(thinking(new Amount.Off(), true), V25)).isEqualTo(json("{'thinkingConfig':{'thinkingBudget':0}}"));
        assertThat(config(thinking(new Amount.ByModel(), true), "gemini-2.5-flash-lite")).isEmpty();
        assertThat(config(thinking(new Amount.Effort("low"), false), V3)).isEqualTo(json("{'thinkingConfig':{'thinkingLevel':'LOW'}}"));
        assertThat(config(Options.UNSET, V3)).isEmpty();
    }

    @Test
    void samplingIsCarried() {
        Sampling all = new Sampling(OptionalDouble.of(0), OptionalDouble.of(0.95), OptionalInt.of(40), OptionalLong.of((1L << 40) + 7),
                OptionalDouble.of(0), OptionalDouble.of(0.0));
        assertThat(config(sampling(all), V3).toString()).isEqualTo("{\"temperature\":0.0,\"topP\":0.95,\"topK\":40,\"seed\":7}");
        assertThat(ignored(with(sampling(all)), V3)).as("penalties of 0 say nothing").isEmpty();
    }

    @Test
    void penaltiesGoOnlyToModelsThatTakeThem() {
        Sampling penalties = new Sampling(OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.of(-1),
                OptionalDouble.of(0.5), OptionalDouble.of(-1));
        assertThat(config(sampling(penalties), V25)).isEqualTo(json("{'seed':2147483647}"));
        assertThat(ignored(with(sampling(penalties)), V25)).containsExactly("presence_penalty", "frequency_penalty");
        assertThat(config(sampling(penalties), V20)).isEqualTo(json("{'seed':2147483647,'presencePenalty':0.5,'frequencyPenalty':-1.0}"));
        Sampling nan = new Sampling(OptionalDouble.of(Double.NaN), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty(),
                OptionalDouble.empty(), OptionalDouble.empty());
        assertThatThrownBy(() -> config(sampling(nan), V3)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void lengthsAreClampedNeverRefused() {
        assertThat(config(lengths(1_048_576, List.of(), 1), V3)).isEqualTo(json("{'maxOutputTokens':65536}"));
        assertThat(config(lengths(1_048_576, List.of(), 1), V20)).isEqualTo(json("{'maxOutputTokens':8192}"));
        List<String> stops = Arrays.asList("", "a", "b", "a", "c", "d", "e", "f");
        assertThat(config(lengths(5, stops, 2), V3))
                .isEqualTo(json("{'maxOutputTokens':5,'candidateCount':2,'stopSequences':['a','b','c','d','e']}"));
        assertThat(ignored(with(lengths(5, stops, 1)), V3)).containsExactly("stop");
        assertThatThrownBy(() -> config(lengths(5, List.of(), 9), V3)).isInstanceOfSatisfying(InvalidRequest.class,
                refused -> assertThat(refused.field()).isEqualTo("n"));
    }

    @Test
    void formatsAreConstrainedByTheNewestFieldThatTheModelTakes() {
        assertThat(config(format(new Format.AnyJson()), V3)).isEqualTo(json("{'responseMimeType':'application/json'}"));
        assertThat(config(format(SCHEMA), V25)).isEqualTo(json("{'responseMimeType':'application/json',"
                + "'responseJsonSchema':{'type':'object','properties':{'a':{'type':'string'}}}}"));
        assertThat(config(format(SCHEMA), V20)).containsKey("responseSchema").doesNotContainKey("responseJsonSchema");
        assertThat(config(format(new Format.Plain()), V3)).isEmpty();
    }

    @Test
    void aFormatBesideToolsIsConstrainedFromGemini3OnAndToldBefore() {
        Conversation talk = with(format(SCHEMA), function("f", "{}"));
        assertThat(body(talk, V25)).doesNotContainKey("generationConfig");
        assertThat(body(talk, V25).getJsonObject("systemInstruction").toString()).contains("JSON Schema").contains("properties");
        assertThat(ignored(talk, V25)).containsExactly("response_format");
        assertThat(body(talk, V3).getJsonObject("generationConfig")).containsKey("responseJsonSchema");
        assertThat(body(talk, V3).getValue("/toolConfig/functionCallingConfig")).isEqualTo(json("{'mode':'VALIDATED'}"));
    }

    @Test
    void logprobsNeedTheirSwitch() {
        Options u = Options.UNSET;
        Options asked = new Options(u.sampling(), u.thinking(), u.format(), u.maxTokens(), u.stop(), 1, OptionalInt.of(25), true,
                List.of(), "", "",
                u.google());
        assertThat(config(asked, V25)).isEqualTo(json("{'responseLogprobs':true,'logprobs':20}"));
        assertThat(ignored(with(asked), "gemini-2.5-flash-lite")).containsExactly("logprobs");
    }

    @Test
    void soundsAndPicturesAreAskedOfTheModelsThatMakeThem() {
        Options u = Options.UNSET;
        Options sound = new Options(u.sampling(), u.thinking(), u.format(), u.maxTokens(), u.stop(), 1, u.topLogprobs(), true,
                List.of("text", "audio"), "alloy", "flex", u.google());
        assertThat(config(sound, "gemini-2.5-flash-preview-tts")).isEqualTo(json("{'responseModalities':['AUDIO'],"
                + "'speechConfig':{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'Kore'}}}}"));
        assertThat(ignored(with(sound), V3)).containsExactly("modalities.audio", "audio.voice");
        assertThat(body(with(sound), V3).getString("serviceTier")).isEqualTo("flex");
        Options picture = new Options(u.sampling(), u.thinking(), u.format(), u.maxTokens(), u.stop(), 1, u.topLogprobs(), true,
                List.of("image", "text"), "", "", json("{'aspectRatio':'16:9','imageConfig':{'imageSize':'2K'}}"));
        assertThat(config(picture, "gemini-2.5-flash-image"))
                .isEqualTo(json("{'responseModalities':['TEXT','IMAGE'],'imageConfig':{'imageSize':'2K','aspectRatio':'16:9'}}"));
    }

    @Test
    void thinkingInGooglesWordsWinsOverEffort() {
        assertThat(config(google(new Amount.Effort("high"), "{'thinkingConfig':{'thinkingLevel':'low','includeThoughts':true}}"), V3))
                .isEqualTo(json("{'thinkingConfig':{'thinkingLevel':'low','includeThoughts':true}}"));
        assertThat(config(google(new Amount.Effort("high"), "{'thinkingConfig':{'includeThoughts':true}}"), V3))
                .isEqualTo(json("{'thinkingConfig':{'thinkingLevel':'HIGH','includeThoughts':true}}"));
        assertThat(config(google(new Amount.Effort("high"), "{'thinkingConfig':{'thinkingLevel':'medium'}}"), V25))
                .as("a level means nothing to 2.5").isEqualTo(json("{'thinkingConfig':{'thinkingBudget':8192}}"));
        assertThat(config(google(new Amount.ByModel(), "{'thinkingConfig':{'thinkingLevel':'low','thinkingBudget':5}}"), V3))
                .as("both are a 400").isEqualTo(json("{'thinkingConfig':{'thinkingLevel':'low'}}"));
    }

    @Test
    void googlesFieldsAreMergedAndUnknownOnesKeptOut() {
        Options fields = google(new Amount.ByModel(),
                "{'generationConfig':{'topK':3,'nonsense':1,'responseModalities':['TEXT']},'mediaResolution':"
                        + "'MEDIA_RESOLUTION_LOW','safetySettings':[{'category':'A','threshold':'OFF'},{'category':'A','threshold':'BLOCK_NONE'}],"
                        + "'toolConfig':{'retrievalConfig':{'languageCode':'de'}},'tools':[{'googleMaps':{}}],'wrong':1,'contents':[]}");
        JsonObject body = body(with(fields), V3);
        assertThat(body.getJsonObject("generationConfig"))
                .isEqualTo(json("{'mediaResolution':'MEDIA_RESOLUTION_LOW','topK':3,'responseModalities':['TEXT']}"));
        assertThat(body.getJsonArray("safetySettings")).isEqualTo(json("{'s':[{'category':'A','threshold':'BLOCK_NONE'}]}")
                .getJsonArray("s"));
        assertThat(body.getJsonObject("toolConfig")).isEqualTo(json("{'retrievalConfig':{'languageCode':'de'}}"));
        assertThat(body.getJsonArray("tools")).isEqualTo(json("{'t':[{'googleMaps':{}}]}").getJsonArray("t"));
        assertThat(ignored(with(fields), V3)).containsExactly("google.wrong", "google.contents", "google.generationConfig.nonsense");
    }

    @Test
    void besideACachedContentThereAreNoToolsAndNoSystem() {
        Conversation talk = new Conversation(List.of(text("be brief")), List.of(user("hi")), List.of(function("f", "{}")),
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of()), google(new Amount.ByModel(), "{'cachedContent':'cachedContents/x'}"));
        assertThat(body(talk, V3)).isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'hi'}]}],'cachedContent':'cachedCont"
                + "ents/x'}"));
        assertThat(ignored(talk, V3)).containsExactly("tools", "system");
    }
}
