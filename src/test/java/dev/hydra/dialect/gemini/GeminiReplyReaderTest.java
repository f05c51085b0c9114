package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.V3;
import static dev.hydra.dialect.gemini.Talks.events;
import static dev.hydra.dialect.gemini.Talks.function;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.only;
import static dev.hydra.dialect.gemini.Talks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.ForeignMade;
import dev.hydra.conversation.ReplyEvent.Logprobs;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.ProviderError;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Usage;
import dev.hydra.conversation.Usage.Modalities;
import dev.hydra.dialect.ReplyReader.MalformedReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiReplyReaderTest {
    private static String parts(String parts) {
        return "{'candidates':[{'content':{'role':'model','parts':[" + parts + "]},'index':0}]}";
    }

    @Test
    void aWholeReplyAndAStreamAreTheSameEvents() {
        List<ReplyEvent> whole = events("{'responseId':'r1','modelVersion':'m1','candidates':[{'content':{'parts':[{'text':'hm','tho"
                + "ught':true},"
                + "{'text':'Hi'},{'text':'','thoughtSignature':'c2ln'}]},'finishReason':'STOP'}],'usageMetadata':{'promptTokenCount':3,"
                + "'candidatesTokenCount':2,'thoughtsTokenCount':4,'totalTokenCount':9}}");
        List<ReplyEvent> stream = events("{'responseId':'r1','modelVersion':'m1','candidates':[{'content':{'parts':[{'text':'hm','th"
                + "ought':true}]},"
                + "'index':0}],'usageMetadata':{'promptTokenCount':3,'totalTokenCount':3}}",
                "{'responseId':'r1','candidates':[{'content':{'parts':[{'text':'Hi'}]}}]}",
                "{'candidates':[{'content':{'parts':[{'text':'','thoughtSignature':'c2ln'}]},'finishReason':'STOP'}]}",
                "{'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':2,'thoughtsTokenCount':4,'totalTokenCount':9}}");
        assertThat(stream.remove(1)).isEqualTo(new UsageReported(new Usage(3, 0, 0, 0, 3, Modalities.NONE, Modalities.NONE), ""));
        assertThat(whole).isEqualTo(stream).containsExactly(new Started("r1", "m1"), new ThoughtDelta(0, "hm", Seal.NONE),
                new TextDelta(0, "Hi", Seal.NONE), new TextDelta(0, "", Seal.gemini("c2ln")), new Finished(0, FinishReason.STOP, ""),
                new UsageReported(new Usage(3, 0, 6, 4, 9, Modalities.NONE, Modalities.NONE), ""));
    }

    @Test
    void anArrayOfMessagesIsReadElementByElement() {
        assertThat(events("[" + parts("{'text':'a'}") + ",null," + parts("{'text':'b'}") + "]")).hasSize(3).contains(
                new TextDelta(0, "a", Seal.NONE), new TextDelta(0, "b", Seal.NONE));
    }

    @Test
    void defect8ParallelCallsCountUpOverChunksAndHaveIdsOfTheirOwn() {
        List<ReplyEvent> events = events(parts("{'functionCall':{'name':'f','args':{'b':1,'a':{'z':0,'y':1}}},'thoughtSignature':'c2ln'}"),
                parts("{'functionCall':{'name':'f','args':{'b':2}}},{'functionCall':{'name':'g','id':'zi06h2mp'}}"),
                "{'candidates':[{'finishReason':'STOP','finishMessage':'Model generated function call(s).'}]}");
        List<CallStarted> started = only(CallStarted.class, events);
        assertThat(started).extracting(CallStarted::call).containsExactly(0, 1, 2);
        assertThat(started).extracting(CallStarted::id).doesNotHaveDuplicates().last().isEqualTo("zi06h2mp");
        assertThat(started.getFirst().id()).matches("call_[0-9A-Za-z]{24}");
        assertThat(started).extracting(CallStarted::seal).containsExactly(Seal.gemini("c2ln"), Seal.NONE, Seal.NONE);
        assertThat(only(CallArguments.class, events)).extracting(CallArguments::json)
                .containsExactly("{\"b\":1,\"a\":{\"z\":0,\"y\":1}}", "{\"b\":2}", "{}");
        assertThat(events.getLast()).isEqualTo(new Finished(0, FinishReason.STOP, "Model generated function call(s)."));
    }

    @Test
    void defect9IdsDifferFromReplyToReply() {
        String call = parts("{'functionCall':{'name':'f'}}");
        assertThat(only(CallStarted.class, events(call)).getFirst().id()).isNotEqualTo(only(CallStarted.class, events(call)).getFirst()
                .id());
    }

    @Test
    void anIdThatTheProviderRepeatsIsReplaced() {
        assertThat(only(CallStarted.class, events(parts("{'functionCall':{'name':'f','id':'x'}},{'functionCall':{'name':'f','id':'x'}}"))))
                .extracting(CallStarted::id).doesNotHaveDuplicates().first().isEqualTo("x");
    }

    @Test
    void defect11EveryCallOfAReplyIsRead() {
        assertThat(only(CallStarted.class, events(parts("{'functionCall':{'name':'a'}},{'text':'and'},{'functionCall':{'name':'b'}}"))))
                .extracting(CallStarted::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            STOP, STOP
            'stop', STOP
            MAX_TOKENS, LENGTH
            SAFETY, FILTERED
            BLOCKLIST, FILTERED
            PROHIBITED_CONTENT, FILTERED
            SPII, FILTERED
            RECITATION, FILTERED
            IMAGE_SAFETY, FILTERED
            IMAGE_PROHIBITED_CONTENT, FILTERED
            IMAGE_RECITATION, FILTERED
            MODEL_ARMOR, FILTERED
            LANGUAGE, FILTERED
            MALFORMED_FUNCTION_CALL, MALFORMED_CALL
            UNEXPECTED_TOOL_CALL, MALFORMED_CALL
            TOO_MANY_TOOL_CALLS, MALFORMED_CALL
            MISSING_THOUGHT_SIGNATURE, MALFORMED_CALL
            MALFORMED_RESPONSE, MALFORMED_CALL
            OTHER, OTHER
            NO_IMAGE, OTHER
            IMAGE_OTHER, OTHER
            FINISH_REASON_UNSPECIFIED, OTHER
            SOMETHING_NEW, OTHER
            """)
    void defect7FinishReasons(String word, FinishReason expected) {
        Finished finished = only(Finished.class, events("{'candidates':[{'finishReason':'" + word + "'}]}")).getFirst();
        assertThat(finished.reason()).isEqualTo(expected);
        assertThat(finished.message()).isEqualTo(expected == FinishReason.STOP || expected == FinishReason.LENGTH ? "" : word);
    }

    @ParameterizedTest
    @CsvSource({"0, OTHER", "1, STOP", "2, LENGTH", "3, FILTERED", "4, FILTERED", "10, MALFORMED_CALL", "99, OTHER"})
    void finishReasonsAsNumbers(int number, FinishReason expected) {
        assertThat(only(Finished.class, events("{'candidates':[{'finishReason':" + number + "}]}")).getFirst().reason())
                .isEqualTo(expected);
    }

    @Test
    void aReasonThatIsRepeatedCountsOnceAndStopHidesNoOther() {
        assertThat(only(Finished.class, events("{'candidates':[{'finishReason':'STOP'}]}", "{'candidates':[{'finishReason':'MAX_TOKENS'}]}",
                "{'candidates':[{'finishReason':'STOP'}]}"))).containsExactly(new Finished(0, FinishReason.LENGTH, ""));
    }

    @Test
    void aCutReplyHasNoFinishAndEachCandidateItsOwn() {
        assertThat(only(Finished.class, events(parts("{'text':'a'}")))).isEmpty();
        assertThat(events("{'candidates':[{'index':1,'content':{'parts':[{'text':'b'}]},'finishReason':'STOP'},{'content':{'parts':["
                + "{'text':'a'}]}}]}"))
                .contains(new TextDelta(1, "b", Seal.NONE), new TextDelta(0, "a", Seal.NONE), new Finished(1, FinishReason.STOP, ""))
                .doesNotContain(new Finished(0, FinishReason.STOP, ""));
    }

    @Test
    void defect20ABlockedPromptIsARefusalWithItsUsage() {
        assertThat(events("{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT','blockReasonMessage':'no'},'usageMetadata':{'prompt"
                + "TokenCount':7}}"))
                .containsExactly(new Started("", ""), new Refused("PROHIBITED_CONTENT", "no"),
                        new UsageReported(new Usage(7, 0, 0, 0, 7, Modalities.NONE, Modalities.NONE), ""));
        assertThat(only(Refused.class, events("{'promptFeedback':{'blockReason':4}}"))).containsExactly(new Refused("PROHIBITED_CONTENT",
                ""));
        assertThat(only(Refused.class, events("{'promptFeedback':{'safetyRatings':[]}}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{'candidates':[{}]}", "{'candidates':[null]}", "{'candidates':null}",
        "{'candidates':[{'content':null}]}",
        "{'candidates':[{'content':{}}]}", "{'candidates':[{'content':{'parts':null}}]}",
        "{'candidates':[{'content':{'parts':[null,1,{}]}}]}",
        "{'candidates':[{'content':{'parts':[{'text':null},{'functionCall':null},{'inlineData':{}}]}}]}",
        "{'candidates':[{'content':{'parts':[{'functionCall':{}}]}}]}",
        "{'candidates':[{'content':'x','index':'y','finishReason':null}]}",
        "{'candidates':[{'groundingMetadata':null,'citationMetadata':{'citations':[null]},'logprobsResult':{}}],'usageMetadata':null}"})
    void defect21HolesInAReplyAreHarmless(String message) {
        assertThat(events(message)).allMatch(Started.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "12", "'text'", "<html>", "{'a':}"})
    void whatIsNoReplyIsMalformed(String message) {
        assertThatThrownBy(() -> events(message)).isInstanceOf(MalformedReply.class);
    }

    @Test
    void anErrorInTheReplyIsTold() {
        assertThat(events("[{'error':{'code':503,'status':'UNAVAILABLE'}}]"))
                .containsExactly(new ProviderError(json("{'error':{'code':503,'status':'UNAVAILABLE'}}")));
    }

    @Test
    void picturesSoundsAndPartsThatOnlyGeminiKnows() {
        List<ReplyEvent> events = events(parts("{'inlineData':{'mimeType':'image/png','data':'AAAA'},'thoughtSignature':'c2ln'},"
                + "{'inlineData':{'mimeType':'image/png','data':'BBBB'},'thought':true},"
                + "{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'c2ln'},{'codeExecutionResult':{'outcome':'"
                + "OUTCOME_OK'}},"
                + "{'toolCall':{'toolType':'GOOGLE_SEARCH_WEB'}},{'thoughtSignature':'bGFzdA=='}"));
        assertThat(events).containsExactly(new Started("", ""), new MediaMade(0, "image/png", "AAAA", Seal.gemini("c2ln")),
                new ForeignMade(0, new Part.Foreign("gemini",
                        json("{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'c2ln'}")),
                        Seal.gemini("c2ln")),
                new ForeignMade(0, new Part.Foreign("gemini", json("{'codeExecutionResult':{'outcome':'OUTCOME_OK'}}")), Seal.NONE),
                new ForeignMade(0, new Part.Foreign("gemini", json("{'toolCall':{'toolType':'GOOGLE_SEARCH_WEB'}}")), Seal.NONE),
                new TextDelta(0, "", Seal.gemini("bGFzdA==")));
    }

    @Test
    void defect18Usage() {
        assertThat(only(UsageReported.class, events("{'usageMetadata':{'trafficType':'ON_DEMAND'}}"))).isEmpty();
        assertThat(only(UsageReported.class, events("{'usageMetadata':{'promptTokenCount':20,'totalTokenCount':20}}",
                "{'usageMetadata':{'promptTokenCount':89,'cachedContentTokenCount':50,'candidatesTokenCount':30,'thoughtsTokenCount':91,"
                        + "'toolUsePromptTokenCount':112,'totalTokenCount':322,'serviceTier':'FLEX','promptTokensDetails':[{'modalit"
                        + "y':'TEXT','tokenCount':80},"
                        + "{'modality':'VIDEO','tokenCount':4},{'modality':'IMAGE','tokenCount':5}],'toolUsePromptTokensDetails':"
                        + "[{'modality':'TEXT','tokenCount':112}],'candidatesTokensDetails':[{'modality':4,'tokenCount':30}]}}")))
                .containsExactly(new UsageReported(
                        new Usage(201, 50, 121, 91, 322, new Modalities(192, 9, 0), new Modalities(0, 0, 30)), "flex"));
    }

    @Test
    void usageOfModelsThatCountThoughtsAmongTheAnswer() {
        assertThat(UsageCounts.of(json("{'promptTokenCount':10,'candidatesTokenCount':30,'thoughtsTokenCount':20,'totalTokenCount':40}"))
                .completion())
                .isEqualTo(30);
        assertThat(UsageCounts.of(json("{'promptTokenCount':10,'thoughtsTokenCount':20,'totalTokenCount':30}")).completion()).isEqualTo(20);
        assertThat(UsageCounts.of(json("{'promptTokenCount':'10','candidatesTokenCount':5}")).total()).isEqualTo(15);
    }

    @Test
    void citationsAreCountedInCharactersOfTheWholeText() {
        // "Grüße 😀 " has 9 code points, 8 + 1 + ... bytes: G r ü(2) ß(2) e space emoji(4) space = 13 bytes
        String grounding = "'groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://a','title':'A'}},{'retrievedContext':{'ti"
                + "tle':'doc'}},"
                + "{'web':{'uri':'https://unused','title':'U'}}],'groundingSupports':[{'segment':{'endIndex':7,'text':'Grüße'},"
                + "'groundingChunkIndices':[0,1,7]},{'segment':{'startIndex':8,'endIndex':16,'text':'😀 Köl'},'groundingChunkIndices'"
                + ":[0]}]}";
        assertThat(only(Cited.class, events(parts("{'text':'Grüße '}"), parts("{'text':'😀 '}"),
                "{'candidates':[{'content':{'parts':[{'text':'Köln'}]},'finishReason':'STOP'," + grounding + "}]}")))
                .containsExactly(new Cited(0, 0, 5, "https://a", "A"), new Cited(0, 0, 5, "", "doc"),
                        new Cited(0, 6, 11, "https://a", "A"), new Cited(0, 0, 0, "https://unused", "U"));
    }

    @Test
    void citationsCountWithinTheirPart() {
        String whole = "{'candidates':[{'content':{'parts':[{'text':'hm','thought':true},{'text':'äb'},{'text':'cd'}]},'finishReason"
                + "':'STOP',"
                + "'groundingMetadata':{'groundingChunks':[{'maps':{'uri':'u'}}],'groundingSupports':[{'segment':{'partIndex':2,'sta"
                + "rtIndex':1,"
                + "'endIndex':2},'groundingChunkIndices':[0]},{'segment':{'partIndex':9,'startIndex':90,'endIndex':99,'text':'b'},"
                + "'groundingChunkIndices':[0]}]},'citationMetadata':{'citationSources':[{'startIndex':0,'endIndex':2,'uri':'https://c'}]},"
                + "'urlContextMetadata':{'urlMetadata':[{'retrievedUrl':'https://d','urlRetrievalStatus':'URL_RETRIEVAL_STATUS_SUCCESS'},"
                + "{'retrievedUrl':'https://e','urlRetrievalStatus':'URL_RETRIEVAL_STATUS_ERROR'}]}}]}";
        assertThat(only(Cited.class, events(whole))).containsExactly(new Cited(0, 3, 4, "u", ""), new Cited(0, 1, 2, "u", ""),
                new Cited(0, 0, 1, "https://c", ""), new Cited(0, 0, 0, "https://d", ""));
    }

    @Test
    void logprobs() {
        assertThat(only(Logprobs.class, events("{'candidates':[{'content':{'parts':[{'text':'a'}]},'logprobsResult':{'chosenCandidates':["
                + "{'token':'a','logProbability':-0.5},{'token':'b'}],'topCandidates':[{'candidates':[{'token':'x','logProbability':"
                + "-1}]}]}}]}")))
                .containsExactly(new Logprobs(0, List.of(new TokenLogprob("a", -0.5, List.of(new TokenLogprob("x", -1, List.of()))),
                        new TokenLogprob("b", 0, List.of()))));
    }

    @Test
    void integersAreIntegersWhereTheClientDeclaredThem() {
        var request = Talks.GEMINI.write(with(List.of(function("f", "{'properties':{'i':{'type':'integer'},'n':{'type':'number'},"
                + "'l':{'type':'array','items':{'$ref':'#/$defs/I'}},'o':{'anyOf':[{'type':'null'},{'type':'integer'}]},'e':{'enum':"
                + "[1,2]}},"
                + "'$defs':{'I':{'type':'integer'}}}")), ToolChoice.UNSET), V3);
        assertThat(only(CallArguments.class, events(request,
                parts("{'functionCall':{'name':'f','args':{'i':5.0,'n':5.0,'l':[1.0,2],'o':7.0,"
                        + "'e':'2','x':3.0}}}")))
                .getFirst().json()).isEqualTo("{\"i\":5,\"n\":5.0,\"l\":[1,2],\"o\":7,\"e\":2,\"x\":3.0}");
    }

    @Test
    void argumentsThatComeInPieces() {
        List<ReplyEvent> events = events(parts("{'functionCall':{'name':'f','willContinue':true}}"),
                parts("{'functionCall':{'partialArgs':[{'jsonPath':'$.a.b[0].c','stringValue':'Hel','willContinue':true}],'willConti"
                        + "nue':true}}"),
                parts("{'functionCall':{'willContinue':true}}"),
                parts("{'functionCall':{'partialArgs':[{'jsonPath':'$.a.b[0].c','stringValue':'lo'},{'jsonPath':'$.n','numberValue':3},"
                        + "{'jsonPath':'$.t','boolValue':true},{'jsonPath':'$[\\u0027q r\\u0027]','nullValue':'NULL_VALUE'}],'willCo"
                        + "ntinue':true}}"),
                parts("{'functionCall':{}}"), parts("{'functionCall':{'name':'g','willContinue':true}}"),
                parts("{'functionCall':{'name':'h'}}"), parts("{'functionCall':{'name':'i','willContinue':true}}"));
        assertThat(only(CallStarted.class, events)).extracting(CallStarted::name).containsExactly("f", "g", "h", "i");
        assertThat(only(CallArguments.class, events)).containsExactly(
                new CallArguments(0, 0, "{\"a\":{\"b\":[{\"c\":\"Hello\"}]},\"n\":3,\"t\":true,\"q r\":null}"), new CallArguments(0, 1,
                        "{}"),
                new CallArguments(0, 2, "{}"), new CallArguments(0, 3, "{}"));
    }

    @Test
    void defect1SignaturesComeAndGoOnTheSamePart() {
        List<ReplyEvent> events = events(parts("{'text':'Hm','thought':true,'thoughtSignature':'dGg='},{'text':'Hi','thoughtSignatur"
                + "e':'dHg='},"
                + "{'functionCall':{'name':'f'},'thoughtSignature':'Zm4='}"));
        assertThat(events).contains(new ThoughtDelta(0, "Hm", Seal.gemini("dGg=")), new TextDelta(0, "Hi", Seal.gemini("dHg=")));
        assertThat(only(CallStarted.class, events).getFirst().seal()).isEqualTo(Seal.gemini("Zm4="));
    }
}
