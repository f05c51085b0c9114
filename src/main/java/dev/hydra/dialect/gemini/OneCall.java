package dev.hydra.dialect.gemini;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.ReplyReader;
import java.util.function.Consumer;

/**
 * Lets one tool call a candidate through, for clients that want no more at a time. Gemini has no switch for that (spec mapping §1.3); what it called besides is
 * left out, and it will call it again once it has the first result. The first call is also the one that bears the signature (§2.4).
 */
record OneCall(ReplyReader all) implements ReplyReader {
    @Override
    public void read(byte[] json, int offset, int length, Consumer<? super ReplyEvent> events) {
        all.read(json, offset, length, only(events));
    }

    @Override
    public void end(Consumer<? super ReplyEvent> events) {
        all.end(only(events));
    }

    private static Consumer<ReplyEvent> only(Consumer<? super ReplyEvent> events) {
        return event -> {
            boolean further = event instanceof ReplyEvent.CallStarted call && call.call() > 0
                    || event instanceof ReplyEvent.CallArguments more && more.call() > 0;
            if (!further) {
                events.accept(event);
            }
        };
    }
}
