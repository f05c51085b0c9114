package dev.hydra.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.FakeClient.End;
import dev.hydra.dialect.FakeClient.Seen;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract of all formats: every case of every client's format against every provider's, whole and streamed. */
class EveryDialectTest {
    private static final String MODEL = "gemini-3-flash-preview";
    private static final ReplyHead HEAD = new ReplyHead("req_1", "m", Instant.ofEpochSecond(1_790_000_000L));
    private static final String SIGNATURE = "c2lnbmF0dXJl";
    private static final String PLACEHOLDER = "skip_thought_signature_validator";

    static final List<Arguments> PROVIDERS = providers();
    static final List<Arguments> PAIRS = pairs();
    static final List<Arguments> CASES = cases();
    static final List<Arguments> ONE_CALL = List.of(Arguments.of(FakeClients.CHAT, "'parallel_tool_calls':false"),
            Arguments.of(FakeClients.RESPONSES, "'parallel_tool_calls':false"),
            Arguments.of(new FakeMessagesClient(), "'tool_choice':{'type':'auto','disable_parallel_tool_use':true}"));

    private static List<Arguments> providers() {
        List<Arguments> all = new ArrayList<>();
        for (FakeProvider provider : FakeProviders.ALL) {
            said(provider).forEach(which -> all.add(Arguments.of(provider, which)));
        }
        return all;
    }

    private static List<Arguments> pairs() {
        List<Arguments> all = new ArrayList<>();
        for (FakeClient client : FakeClients.ALL) {
            FakeProviders.ALL.forEach(provider -> all.add(Arguments.of(client, provider)));
        }
        return all;
    }

    private static List<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (Arguments pair : pairs()) {
            said((FakeProvider) pair.get()[1]).forEach(which -> all.add(Arguments.of(pair.get()[0], pair.get()[1], which)));
        }
        return all;
    }

    private static List<ProviderCase> said(FakeProvider provider) {
        return Stream.of(ProviderCase.values()).filter(provider::says).toList();
    }

    private static ClientRequest read(FakeClient client, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        client.dialect().peek(bytes);
        return client.dialect().read(bytes);
    }

    private static List<ReplyEvent> reply(FakeProvider provider, ProviderRequest request, ProviderCase which, boolean streamed) {
        return FakeProvider.read(request, streamed ? provider.streamed(which) : List.of(provider.whole(which)));
    }

    private static String written(ReplyWriter writer, List<? extends ReplyEvent> events) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ReplyEvent event : events) {
            if (event instanceof ReplyEvent.ProviderError) {
                writer.fail(Failure.of(Failure.Kind.OVERLOADED, "overloaded"), "req_1", out);
                return out.toString(StandardCharsets.UTF_8);
            }
            writer.write(event, out);
        }
        writer.end(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void whatAProviderSaysIsUnderstoodWholeAndStreamed(FakeProvider provider, ProviderCase which) {
        Conversation question = read(FakeClients.CHAT, FakeClients.CHAT.question()).conversation();
        ProviderRequest request = provider.dialect().write(question, MODEL);

        assertThat(ProviderCase.Outcome.of(reply(provider, request, which, true))).isEqualTo(provider.outcome(which));
        ProviderCase.Outcome whole = ProviderCase.Outcome.of(reply(provider, request, which, false));
        if (which == ProviderCase.ERROR_IN_STREAM) {
            assertThat(whole.error()).isTrue();
        } else {
            assertThat(whole).isEqualTo(provider.outcome(which));
        }
    }

    @ParameterizedTest
    @FieldSource("PAIRS")
    void whatAClientSaysReachesTheProviderAsValidJson(FakeClient client, FakeProvider provider) {
        for (boolean streamed : List.of(true, false)) {
            ClientRequest read = read(client, client.history(streamed));
            byte[] body = provider.dialect().write(read.conversation(), MODEL).body(streamed);

            Json.object(body);
            assertThat(new String(body, StandardCharsets.UTF_8)).contains(provider.traces())
                    .contains("Be brief.", "Where is this?", "And now?", "mild", "get_weather", "iVBORw0KGgo=");
            assertThat(read.ignored()).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void everyClientGetsTheAnswerOfEveryProvider(FakeClient client, FakeProvider provider, ProviderCase which) throws IOException {
        for (boolean streamed : List.of(true, false)) {
            ClientRequest read = read(client, client.history(streamed));
            ProviderRequest request = provider.dialect().write(read.conversation(), MODEL);
            List<ReplyEvent> events = reply(provider, request, which, streamed);
            String answer = written(streamed ? read.stream(HEAD) : read.whole(HEAD), events);
            Seen seen = streamed ? client.stream(answer) : client.whole(answer);

            ProviderCase.Outcome expected = which.expected();
            assertThat(seen.end()).isEqualTo(end(which));
            if (which != ProviderCase.ERROR_IN_STREAM) {
                assertThat(seen.text()).isEqualTo(expected.text());
                assertThat(seen.thoughts()).isEqualTo(expected.thoughts());
                assertThat(seen.calls()).isEqualTo(expected.calls());
                assertThat(answer).contains(which == ProviderCase.MEDIA_OUT ? ProviderCase.PICTURE : "")
                        .contains(which == ProviderCase.CITATIONS ? ProviderCase.SOURCE : "");
            }
        }
    }

    private static End end(ProviderCase which) {
        return switch (which) {
            case TEXT, THOUGHTS, MEDIA_OUT, CITATIONS -> End.STOP;
            case CALL, PARALLEL_CALLS -> End.CALLS;
            case REFUSAL -> End.REFUSED;
            case LENGTH -> End.LENGTH;
            case ERROR_IN_STREAM -> End.ERROR;
        };
    }

    @ParameterizedTest
    @FieldSource("PAIRS")
    void aSignatureGoesBackToItsOriginAloneWhetherTheClientKeepsItOrNot(FakeClient client, FakeProvider provider) throws IOException {
        ClientRequest question = read(client, client.question());
        String call = "{'responseId':'r','candidates':[{'content':{'parts':[{'functionCall':{'id':'a','name':'get_weather','args':{'city':'Ulm'}},"
                + "'thoughtSignature':'" + SIGNATURE + "'}]},'finishReason':'STOP'}]}";
        ProviderRequest asked = FakeProviders.GEMINI.dialect().write(question.conversation(), MODEL);
        JsonObject reply = Json.object(written(question.whole(HEAD), FakeProvider.read(asked, List.of(call))));

        Conversation kept = read(client, client.continued(reply, true)).conversation();
        Conversation dropped = read(client, client.continued(reply, false)).conversation();

        assertThat(calls(kept)).singleElement().extracting(Part.ToolCall::seal).isEqualTo(Seal.gemini(SIGNATURE));
        assertThat(calls(dropped)).singleElement().extracting(Part.ToolCall::seal).isEqualTo(Seal.NONE);
        String withSeal = new String(provider.dialect().write(kept, MODEL).body(), StandardCharsets.UTF_8);
        String without = new String(provider.dialect().write(dropped, MODEL).body(), StandardCharsets.UTF_8);
        assertThat(withSeal).contains("mild");
        if (provider.dialect().id().equals(Seal.GEMINI)) {
            assertThat(withSeal).contains(SIGNATURE);
            assertThat(without).contains(PLACEHOLDER).doesNotContain(SIGNATURE);
        } else {
            assertThat(withSeal).doesNotContain(SIGNATURE).doesNotContain(PLACEHOLDER);
        }
    }

    private static List<Part.ToolCall> calls(Conversation conversation) {
        return conversation.turns().stream().flatMap(turn -> turn.parts().stream()).filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast).toList();
    }

    /** Anthropic and OpenAI have a switch for it; of Gemini's calls the first alone is passed on. */
    @ParameterizedTest
    @FieldSource("ONE_CALL")
    void aClientThatWantsOneCallAtATimeGetsOne(FakeClient client, String wish) throws IOException {
        for (boolean streamed : List.of(true, false)) {
            ClientRequest read = read(client, client.history(streamed).replaceFirst("\\{", "{" + wish.replace('\'', '"') + ","));
            ProviderRequest request = FakeProviders.GEMINI.dialect().write(read.conversation(), MODEL);
            List<ReplyEvent> events = reply(FakeProviders.GEMINI, request, ProviderCase.PARALLEL_CALLS, streamed);
            String answer = written(streamed ? read.stream(HEAD) : read.whole(HEAD), events);
            Seen seen = streamed ? client.stream(answer) : client.whole(answer);

            assertThat(seen.calls()).containsExactly("get_weather{\"city\":\"Ulm\"}");
            assertThat(seen.end()).isEqualTo(End.CALLS);
            assertThat(request.ignored()).isEmpty();
        }
    }
}
