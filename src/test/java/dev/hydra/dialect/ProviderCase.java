package dev.hydra.dialect;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.CallArguments;
import dev.hydra.conversation.ReplyEvent.CallStarted;
import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.ProviderError;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.ThoughtDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a model answers in the contract test, whatever format it is said in. */
enum ProviderCase {
    TEXT, THOUGHTS, CALL, PARALLEL_CALLS, MEDIA_OUT, REFUSAL, LENGTH, CITATIONS, ERROR_IN_STREAM;

    static final String TEXT_SAID = "Hello, \u4e16\u754c \ud83d\ude00";
    static final String THOUGHT = "First this.";
    static final String PICTURE = "iVBORw0KGgo=";
    static final String SOURCE = "https://example.org/ulm";

    /**
     * What the events amount to.
     *
     * @param calls name and arguments of each
     */
    record Outcome(String text, String thoughts, List<String> calls, List<String> media, List<String> sources, Optional<FinishReason> end,
            boolean refused, boolean error) {
        static Outcome of(List<? extends ReplyEvent> events) {
            StringBuilder text = new StringBuilder();
            StringBuilder thoughts = new StringBuilder();
            List<String> calls = new ArrayList<>();
            List<String> media = new ArrayList<>();
            List<String> sources = new ArrayList<>();
            Optional<FinishReason> end = Optional.empty();
            boolean refused = false;
            boolean error = false;
            for (ReplyEvent event : events) {
                switch (event) {
                    case TextDelta delta -> text.append(delta.text());
                    case ThoughtDelta delta -> thoughts.append(delta.text());
                    case CallStarted call -> calls.add(call.name());
                    case CallArguments more -> calls.set(more.call(), calls.get(more.call()) + more.json());
                    case MediaMade made -> media.add(made.mimeType() + ' ' + made.base64());
                    case Cited cited -> sources.add(cited.start() + "-" + cited.end() + ' ' + cited.uri());
                    case Finished finished -> end = Optional.of(finished.reason());
                    case Refused refusal -> refused = true;
                    case ProviderError failure -> error = true;
                    default -> {
                    }
                }
            }
            return new Outcome(text.toString(), thoughts.toString(), calls, media, sources, end, refused, error);
        }
    }

    /** What every provider's reply to this case must amount to. */
    Outcome expected() {
        Optional<FinishReason> stop = Optional.of(FinishReason.STOP);
        return switch (this) {
            case TEXT -> new Outcome(TEXT_SAID, "", List.of(), List.of(), List.of(), stop, false, false);
            case THOUGHTS -> new Outcome("So.", THOUGHT, List.of(), List.of(), List.of(), stop, false, false);
            case CALL -> new Outcome("", "", List.of("get_weather{\"city\":\"Ulm\"}"), List.of(), List.of(), stop, false, false);
            case PARALLEL_CALLS ->
                new Outcome("", "", List.of("get_weather{\"city\":\"Ulm\"}", "get_weather{\"city\":\"Bonn\"}"), List.of(),
                        List.of(), stop, false, false);
            case MEDIA_OUT -> new Outcome("", "", List.of(), List.of("image/png " + PICTURE), List.of(), stop, false, false);
            case REFUSAL -> new Outcome("", "", List.of(), List.of(), List.of(), Optional.empty(), true, false);
            case LENGTH -> new Outcome("Once", "", List.of(), List.of(), List.of(), Optional.of(FinishReason.LENGTH), false, false);
            case CITATIONS -> new Outcome("Ulm is old.", "", List.of(), List.of(), List.of("0-3 " + SOURCE), stop, false, false);
            case ERROR_IN_STREAM -> new Outcome("Once", "", List.of(), List.of(), List.of(), Optional.empty(), false, true);
        };
    }
}
