package dev.hydra.dialect.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a model says: the stream amounts to the whole message, and both are read again as what was said. */
class MessagesReplyPropertyTest {
    private static final ClientRequest REQUEST = Talk.with(Talk.THINKING);

    /** A call is cut into pieces at any place. */
    private sealed interface Said {
        record Words(boolean thought, String text, boolean sealed) implements Said {
        }

        record Called(String name, String argument, int cut, boolean sealed) implements Said {
        }
    }

    @Provide
    Arbitrary<List<Said>> answers() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Said> words = Combinators.combine(flags, texts, flags).as(Said.Words::new);
        Arbitrary<Said> calls = Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), texts,
                Arbitraries.integers().between(0, 40), flags).as(Said.Called::new);
        return Arbitraries.oneOf(words, calls).list().ofMaxSize(8);
    }

    @Property(tries = 400)
    void aStreamPutTogetherIsTheWholeMessage(@ForAll("answers") List<Said> answer, @ForAll FinishReason reason) {
        List<ReplyEvent> events = events(answer, reason);
        assertThat(StreamFold.message(Talk.events(Talk.stream(REQUEST, events)))).isEqualTo(Talk.whole(REQUEST, events));
    }

    @Property(tries = 400)
    void whatWasWrittenIsReadAgain(@ForAll("answers") List<Said> answer, @ForAll FinishReason reason) {
        List<ReplyEvent> events = events(answer, reason);
        List<ReplyEvent> streamed = read(Talk.events(Talk.stream(REQUEST, events)));
        List<ReplyEvent> whole = read(List.of(Talk.whole(REQUEST, events)));

        for (List<ReplyEvent> again : List.of(streamed, whole)) {
            assertThat(text(again)).isEqualTo(text(events));
            assertThat(thoughts(again)).isEqualTo(thoughts(events));
            assertThat(only(CallStarted.class, again).stream().map(CallStarted::name).toList())
                    .isEqualTo(only(CallStarted.class, events).stream().map(CallStarted::name).toList());
            assertThat(arguments(again)).isEqualTo(arguments(events));
            assertThat(only(Finished.class, again)).hasSize(1);
        }
    }

    private static List<ReplyEvent> events(List<Said> answer, FinishReason reason) {
        List<ReplyEvent> events = new ArrayList<>(List.of(new Started("r", "v")));
        int calls = 0;
        for (Said said : answer) {
            switch (said) {
                case Said.Words(boolean thought, String text, boolean sealed) when thought ->
                    events.add(new ThoughtDelta(0, text, sealed ? Seal.gemini("dHM=") : Seal.NONE));
                case Said.Words(boolean thought, String text, boolean sealed) ->
                    events.add(new TextDelta(0, text, sealed ? Seal.gemini("c2ln") : Seal.NONE));
                case Said.Called(String name, String argument, int cut, boolean sealed) -> {
                    String json = Json.objectBuilder().add("a", argument).build().toString();
                    int at = Math.min(cut, json.length());
                    events.add(new CallStarted(0, calls, "call:" + calls, name, sealed ? Seal.gemini("Y2Fs") : Seal.NONE));
                    events.add(new CallArguments(0, calls, json.substring(0, at)));
                    events.add(new CallArguments(0, calls++, json.substring(at)));
                }
            }
        }
        events.add(new Finished(0, reason, ""));
        return events;
    }

    private static List<ReplyEvent> read(List<JsonObject> messages) {
        MessagesReplyReader reader = new MessagesReplyReader(new FunctionNames(64, "-"));
        List<ReplyEvent> events = new ArrayList<>();
        for (JsonObject message : messages) {
            byte[] json = message.toString().getBytes(StandardCharsets.UTF_8);
            reader.read(json, 0, json.length, events::add);
        }
        reader.end(events::add);
        return events;
    }

    private static <T extends ReplyEvent> List<T> only(Class<T> kind, List<ReplyEvent> events) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String text(List<ReplyEvent> events) {
        return only(TextDelta.class, events).stream().map(TextDelta::text).map(MessagesReplyPropertyTest::valid)
                .collect(Collectors.joining());
    }

    private static String thoughts(List<ReplyEvent> events) {
        return only(ThoughtDelta.class, events).stream().map(ThoughtDelta::text).map(MessagesReplyPropertyTest::valid)
                .collect(Collectors.joining());
    }

    /** Half a character cannot be sent as UTF-8. */
    private static String valid(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static List<JsonObject> arguments(List<ReplyEvent> events) {
        return only(CallArguments.class, events).stream().collect(Collectors.groupingBy(CallArguments::call,
                Collectors.mapping(CallArguments::json, Collectors.joining()))).values().stream().map(json -> Json.object(valid(json)))
                .toList();
    }
}
