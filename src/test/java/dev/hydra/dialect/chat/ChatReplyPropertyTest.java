package dev.hydra.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChatReplyPropertyTest {
    private static final ClientRequest REQUEST = Chats.with("'stream_options':{'include_usage':true}");

    /** Something that one choice says; a call is cut into pieces at any place. */
    private sealed interface Said {
        record Words(boolean thought, String text, boolean sealed) implements Said {
        }

        record Called(String name, String argument, int cut) implements Said {
        }
    }

    @Provide
    Arbitrary<List<List<Said>>> choices() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Said> words = Combinators.combine(Arbitraries.of(true, false), texts, Arbitraries.of(true, false)).as(Said.Words::new);
        Arbitrary<Said> calls = Combinators.combine(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8), texts,
                Arbitraries.integers().between(0, 40))
                .as(Said.Called::new);
        return Arbitraries.oneOf(words, calls).list().ofMaxSize(8).list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 400)
    void aStreamPutTogetherIsTheWholeReply(@ForAll("choices") List<List<Said>> choices, @ForAll FinishReason reason) {
        List<ReplyEvent> events = events(choices, reason);
        JsonObject whole = Chats.whole(REQUEST, events);
        assertThat(StreamFold.completion(Chats.chunks(REQUEST, events))).isEqualTo(whole);
        for (int i = 0; i < choices.size(); i++) {
            assertThat(text(whole, i)).isEqualTo(words(choices.get(i)));
            assertThat(arguments(whole, i)).isEqualTo(choices.get(i).stream().filter(Said.Called.class::isInstance)
                    .map(Said.Called.class::cast)
                    .map(call -> json(call.argument())).toList());
        }
    }

    /** The choices take turns, as candidates of a provider do. */
    private static List<ReplyEvent> events(List<List<Said>> choices, FinishReason reason) {
        List<ReplyEvent> events = new ArrayList<>(List.of(new Started("r", "v")));
        int[] calls = new int[choices.size()];
        for (int step = 0; step < 8; step++) {
            for (int i = 0; i < choices.size(); i++) {
                if (step < choices.get(i).size()) {
                    say(choices.get(i).get(step), i, calls, events);
                }
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            // An empty choice still says that it is there.
            events.add(new Finished(i, reason, ""));
        }
        events.add(new UsageReported(new Usage(1, 0, 2, 1, 3, Usage.Modalities.NONE, Usage.Modalities.NONE), ""));
        return events;
    }

    private static void say(Said said, int choice, int[] calls, List<ReplyEvent> events) {
        switch (said) {
            case Said.Words(boolean thought, String text, boolean sealed) when thought ->
                events.add(new ThoughtDelta(choice, text, sealed ? Seal.gemini("dHM=") : Seal.NONE));
            case Said.Words(boolean thought, String text, boolean sealed) ->
                events.add(new TextDelta(choice, text, sealed ? Seal.gemini("c2ln") : Seal.NONE));
            case Said.Called(String name, String argument, int cut) -> {
                int call = calls[choice]++;
                String json = json(argument);
                int at = Math.min(cut, json.length());
                events.add(new CallStarted(choice, call, "call_" + choice + "_" + call, name, Seal.NONE));
                events.add(new CallArguments(choice, call, json.substring(0, at)));
                events.add(new CallArguments(choice, call, json.substring(at)));
            }
        }
    }

    private static String json(String argument) {
        return Json.objectBuilder().add("a", argument).build().toString();
    }

    private static String words(List<Said> choice) {
        StringBuilder words = new StringBuilder();
        choice.forEach(said -> words.append(said instanceof Said.Words each && !each.thought() ? each.text() : ""));
        return words.toString();
    }

    private static JsonObject message(JsonObject completion, int choice) {
        return completion.getJsonArray("choices").getJsonObject(choice).getJsonObject("message");
    }

    private static String text(JsonObject completion, int choice) {
        JsonObject message = message(completion, choice);
        return message.isNull("content") ? "" : message.getString("content");
    }

    private static List<String> arguments(JsonObject completion, int choice) {
        JsonObject message = message(completion, choice);
        return !message.containsKey("tool_calls") ? List.of() : message.getJsonArray("tool_calls").getValuesAs(JsonObject.class).stream()
                .map(call -> call.getJsonObject("function").getString("arguments")).toList();
    }
}
