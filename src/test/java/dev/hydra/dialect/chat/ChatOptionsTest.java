package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.options;
import static dev.hydra.dialect.chat.Chats.refusalWith;
import static dev.hydra.dialect.chat.Chats.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Thinking.Amount;
import dev.hydra.wire.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatOptionsTest {
    @Test
    void nothingSaidIsUnset() {
        assertThat(options("")).isEqualTo(Options.UNSET);
    }

    @Test
    void nullIsNothingSaid() {
        assertThat(options("""
                'temperature':null,'top_p':null,'top_k':null,'seed':null,'presence_penalty':null,'frequency_penalty':null,'max_tokens':null,
                'max_completion_tokens':null,'n':null,'stop':null,'response_format':null,'logprobs':null,'top_logprobs':null,
                'modalities':null,
                'audio':null,'image_config':null,'service_tier':null,'reasoning_effort':null,'thinking':null,'reasoning':null,'tools':null,
                'tool_choice':null,'parallel_tool_calls':null,'extra_body':null,'google':null,'stream_options':null,
                'user':null,'store':null"""))
                .isEqualTo(Options.UNSET);
    }

    @Test
    void sampling() {
        Options read = options("'temperature':0,'top_p':0.9,'top_k':40,'seed':9007199254740993,"
                + "'presence_penalty':-1,'frequency_penalty':1.5");
        assertThat(read.sampling()).hasToString("Sampling[temperature=OptionalDouble[0.0], topP=OptionalDouble[0.9], topK=OptionalInt[40], "
                + "seed=OptionalLong[9007199254740993], presencePenalty=OptionalDouble[-1.0], frequencyPenalty=OptionalDouble[1.5]]");
    }

    @Test
    void theNewerTokenLimitWins() {
        assertThat(options("'max_tokens':10").maxTokens()).hasValue(10);
        assertThat(options("'max_tokens':10,'max_completion_tokens':20").maxTokens()).hasValue(20);
        assertThat(options("'max_tokens':5.0").maxTokens()).hasValue(5);
        assertThat(options("'max_tokens':99999999999").maxTokens()).hasValue(Integer.MAX_VALUE);
    }

    @Test
    void stops() {
        assertThat(options("'stop':'x'").stop()).containsExactly("x");
        assertThat(options("'stop':['x','','y']").stop()).containsExactly("x", "y");
        assertThat(options("'stop':''").stop()).isEmpty();
    }

    @Test
    void formats() {
        assertThat(options("'response_format':{'type':'text'}").format()).isEqualTo(new Format.Plain());
        assertThat(options("'response_format':{'type':'json_object'}").format()).isEqualTo(new Format.AnyJson());
        assertThat(options("'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object'}}}")
                .format())
                .isEqualTo(new Format.Schema("n", "", Json.object("{\"type\":\"object\"}"), true));
        assertThat(options("'response_format':{'type':'json_schema','json_schema':{'name':'n'}}").format()).isEqualTo(new Format.AnyJson());
    }

    @Test
    void logprobs() {
        assertThat(options("'logprobs':true").topLogprobs()).hasValue(0);
        assertThat(options("'logprobs':true,'top_logprobs':5").topLogprobs()).hasValue(5);
        assertThat(with("'top_logprobs':5").ignored()).containsExactly("top_logprobs");
    }

    @Test
    void picturesAndSound() {
        assertThat(options("'modalities':['TEXT','image']").modalities()).containsExactly("text", "image");
        assertThat(options("'modalities':['text','audio'],'audio':{'voice':'alloy','format':'wav'}").voice()).isEqualTo("alloy");
        assertThat(with("'audio':{'voice':'alloy','format':'mp3'}").ignored()).containsExactly("audio.format");
        assertThat(options("'image_config':{'aspect_ratio':'16:9'}").google())
                .hasToString("{\"generationConfig\":{\"imageConfig\":{\"aspectRatio\":\"16:9\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"auto,''", "default,standard", "flex,flex", "priority,priority", "fast,priority", "scale,''"})
    void tiers(String said, String read) {
        assertThat(options("'service_tier':'" + said + "'").serviceTier()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {"'reasoning_effort':'none'|Off[]|",
        "'reasoning_effort':'xhigh'|Effort[level=xhigh]|",
        "'thinking':{'type':'enabled','budget_tokens':2048}|Budget[tokens=2048]|true", "'thinking':{'type':'disabled'}|Off[]|",
        "'thinking':{'type':'adaptive'}|ByModel[]|true", "'thinking':{'type':'adaptive','display':'omitted'}|ByModel[]|false",
        "'thinking':{'thinking_budget':512}|Budget[tokens=512]|true",
        "'reasoning':{'effort':'high'}|Effort[level=high]|true", "'reasoning':{'max_tokens':100,'exclude':true}|Budget[tokens=100]|false",
        "'reasoning':{'enabled':false}|Off[]|false", "'include_reasoning':true|ByModel[]|true",
        "'reasoning_effort':'low','thinking':{'type':'enabled','budget_tokens':9}|Budget[tokens=9]|true",
        "'google':{'thinking_config':{'thinking_budget':0}}|Budget[tokens=0]|",
        "'extra_body':{'google':{'thinkingConfig':{'thinkingLevel':'HIGH','includeThoughts':true}}}|Effort[level=high]|true",
        "'extra_body':{'google':{'thinking_config':{'include_thoughts':true}}},'reasoning_effort':'low'|Effort[level=low]|true",
        "'extra_body':{'reasoning_effort':'low'}|Effort[level=low]|"})
    void thinkingInAllItsForms(String fields, String amount, Boolean show) {
        Thinking read = options(fields).thinking();
        assertThat(read.amount()).hasToString(amount);
        assertThat(read.show()).isEqualTo(Optional.ofNullable(show));
    }

    @Test
    void googlesOwnFieldsAreCarriedInCamelCaseAndSaidOnce() {
        String google = "{'cached_content':'cachedContents/x','safety_settings':[{'category':'c','threshold':'BLOCK_NONE'}],"
                + "'thinking_config':{'thinking_budget':9},'generation_config':{'thinking_config':{},'media_resolution':'LOW',"
                + "'response_schema':{'my_key':1}}}";
        String wanted = "{\"cachedContent\":\"cachedContents/x\",\"safetySettings\":[{\"category\":\"c\",\"threshold\":\"BLOCK_NONE\"}],"
                + "\"generationConfig\":{\"mediaResolution\":\"LOW\",\"responseSchema\":{\"my_key\":1}}}";
        assertThat(options("'google':" + google).google()).hasToString(wanted);
        assertThat(options("'extra_body':{'google':" + google + "}").google()).hasToString(wanted);
        assertThat(with("'google':" + google).ignored()).isEmpty();
    }

    @Test
    void whatCannotBeCarriedIsListed() {
        assertThat(with("""
                'user':'u','metadata':{'a':'b'},'store':true,'logit_bias':{'1':2},'prediction':{'type':'content'},'verbosity':'low',
                'search_parameters':{'x':1},'extra_body':{'guided_json':{'a':1}}""").ignored()).containsExactly("user", "metadata", "store",
                "logit_bias", "prediction", "verbosity", "search_parameters", "extra_body.guided_json");
        assertThat(with("'store':false,'metadata':{},'logit_bias':{},'user':'','stream_options':{'include_obfuscation':true}").ignored())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'temperature':'1'|temperature", "'top_p':true|top_p", "'top_k':1.5|top_k", "'top_k':-1|top_k",
        "'seed':'x'|seed",
        "'max_tokens':'5'|max_tokens",
        "'max_tokens':0|max_tokens", "'n':0|n", "'n':1000|n", "'stop':7|stop", "'stop':[7]|stop[0]",
        "'response_format':'json'|response_format",
        "'response_format':{}|response_format.type", "'response_format':{'type':'yaml'}|response_format.type",
        "'response_format':{'type':'json_schema','json_schema':{'schema':[]}}|response_format.json_schema.schema", "'logprobs':1|logprobs",
        "'logprobs':true,'top_logprobs':21|top_logprobs", "'modalities':'text'|modalities", "'modalities':['smell']|modalities[0]",
        "'audio':'alloy'|audio", "'parallel_tool_calls':'no'|parallel_tool_calls", "'reasoning_effort':'huge'|reasoning_effort",
        "'reasoning_effort':3|reasoning_effort", "'thinking':true|thinking", "'thinking':{'type':'maybe'}|thinking.type",
        "'thinking':{'type':'enabled','budget_tokens':'9'}|thinking.budget_tokens", "'reasoning':'high'|reasoning", "'google':[]|google",
        "'extra_body':7|extra_body", "'extra_body':{'google':7}|extra_body.google", "'extra_body':{'seed':'x'}|extra_body.seed",
        "'stream_options':[]|stream_options", "'stream_options':{'include_usage':'yes'}|stream_options.include_usage",
        "'image_config':'wide'|image_config", "'web_search_options':true|web_search_options", "'plugins':{}|plugins",
        "'functions':{}|functions",
        "'google':{'thinking_config':[]}|google.thinking_config", "'google':{'generation_config':3}|google.generation_config"})
    void wrongOptionsAreRefusedByPath(String row) {
        String[] cells = row.split("\\|");
        assertThat(refusalWith(cells[0])).isNotNull().extracting("field").isEqualTo(cells[1]);
    }

    @Test
    void numbersBeyondMeasureAreRefused() {
        assertThat(refusalWith("'seed':1e99").field()).isEqualTo("seed");
        assertThat(refusalWith("'seed':1e99999999999")).isNotNull();
    }

    @Test
    void aBudgetOfThinkingIsNotAnAmountOfItsOwn() {
        assertThat(options("'thinking':{'type':'enabled'}").thinking().amount()).isEqualTo(new Amount.ByModel());
    }
}
