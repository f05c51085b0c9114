package dev.hydra.dialect.chat;

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
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Replies of our own making, each with its golden files {@code <name>.whole.json} and {@code <name>.stream.txt}. */
enum Replies {
    TEXT("", text(0, "Hello"), text(0, ", \u4e16\u754c \ud83d\ude00"), end(0, FinishReason.STOP)),
    THOUGHTS("", new ThoughtDelta(0, "First ", Seal.NONE), new ThoughtDelta(0, "this.", Seal.gemini("dHM=")), text(0, "So."),
            new TextDelta(0, "", Seal.gemini("c2ln")), end(0, FinishReason.STOP)),
    CALLS("", text(0, "I look."), new CallStarted(0, 0, "call_a", "weather", Seal.gemini("c2ln")), new CallArguments(0, 0, "{\"city\":"),
            new CallArguments(0, 0, "\"Ulm\"}"), new CallStarted(0, 1, "call_b", "time", Seal.NONE), new CallArguments(0, 1, "{}"),
            end(0, FinishReason.STOP)),
    CUSTOM("'tools':[{'type':'custom','custom':{'name':'sh'}}]", new CallStarted(0, 0, "call_a", "sh", Seal.gemini("c2ln")),
            new CallArguments(0, 0, "{\"input\":\"ls "), new CallArguments(0, 0, "-l\\n\"}"), new CallStarted(0, 1, "call_b", "sh",
                    Seal.NONE),
            new CallArguments(0, 1, "{\"other\":1}"), end(0, FinishReason.STOP)),
    LEGACY("'functions':[{'name':'f'}]", new CallStarted(0, 0, "call_a", "f", Seal.gemini("c2ln")), new CallArguments(0, 0, "{\"a\":1}"),
            new CallStarted(0, 1, "call_b", "f", Seal.NONE), new CallArguments(0, 1, "{}"), end(0, FinishReason.STOP)),
    PICTURE("", text(0, "Here:"), new MediaMade(0, "image/png", "AAAA", Seal.gemini("c2ln")), new MediaMade(0, "application/pdf", "BBBB",
            Seal.NONE),
            end(0, FinishReason.STOP)),
    CODE("", text(0, "Let me run it."),
            foreign("{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"print(2+2)\"}}"),
            foreign("{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"4\\n\"}}"), text(0, "It is 4."),
            foreign("{\"toolCall\":{\"id\":\"t1\",\"toolType\":\"GOOGLE_SEARCH_WEB\"}}"), end(0, FinishReason.STOP)),
    CITED("", text(0, "Ulm has a minster."), new Cited(0, 0, 3, "https://example.org/ulm", "example.org"),
            new Cited(0, 0, 0, "https://example.org/minster", ""), end(0, FinishReason.STOP)),
    LOGPROBS("'logprobs':true,'top_logprobs':1", text(0, "\u00e4b"),
            new Logprobs(0, List.of(new TokenLogprob("\u00e4", -0.25, List.of(new TokenLogprob("a", -1.5, List.of()))))),
            new Logprobs(0, List.of(new TokenLogprob("b", Double.NEGATIVE_INFINITY, List.of()))), end(0, FinishReason.STOP)),
    SEVERAL("'n':2", text(0, "a"), text(1, "x"), text(0, "b"), end(0, FinishReason.STOP), text(1, "y"), end(1, FinishReason.LENGTH)),
    FILTERED("", text(0, "Once upon"), end(0, FinishReason.FILTERED)),
    MALFORMED("", new Finished(0, FinishReason.MALFORMED_CALL, "Malformed function call: x(")),
    REFUSED("", new Refused("SAFETY", "The prompt was blocked."));

    private static final UsageReported USAGE = new UsageReported(
            new Usage(10, 4, 20, 8, 30, new Usage.Modalities(7, 3, 0), new Usage.Modalities(0, 0, 5)), "standard");

    private final String fields;
    private final List<ReplyEvent> events = new ArrayList<>();

    Replies(String fields, ReplyEvent... content) {
        this.fields = fields;
        events.add(new Started("resp-7", "gemini-x-001"));
        events.addAll(List.of(content));
    }

    private static TextDelta text(int choice, String text) {
        return new TextDelta(choice, text, Seal.NONE);
    }

    private static ForeignMade foreign(String json) {
        return new ForeignMade(0, new Part.Foreign("gemini", Json.object(json)), Seal.NONE);
    }

    private static Finished end(int choice, FinishReason reason) {
        return new Finished(choice, reason, "");
    }

    /** Fields of the request, a wish for usage included. */
    String fields() {
        return "'stream_options':{'include_usage':true}" + (fields.isEmpty() ? "" : "," + fields);
    }

    List<ReplyEvent> events() {
        List<ReplyEvent> all = new ArrayList<>(events);
        all.add(USAGE);
        return all;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT);
    }
}
