package dev.hydra.gateway;

import dev.hydra.conversation.ReplyEvent;
import java.util.ArrayList;
import java.util.List;

/** Collects a reply that is sent at once. */
final class WholeReply implements ReplySink {
    private final List<ReplyEvent> events = new ArrayList<>();

    @Override
    public void take(List<ReplyEvent> more) {
        events.addAll(more);
    }

    @Override
    public boolean live() {
        return false;
    }

    /** All that came, in order. */
    List<ReplyEvent> events() {
        return events;
    }
}
