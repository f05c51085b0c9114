package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.ShownText;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of one choice of an answer. */
final class Choice {
    private final int index;
    private final ShownText text = new ShownText();
    private final List<ChatOutput.Annotation> annotations = new ArrayList<>();
    private final List<JsonObject> parts = new ArrayList<>();
    private final List<ChatCall> calls = new ArrayList<>();
    /** A custom tool's JSON arguments, held until they are whole. */
    private final StringBuilder customJson = new StringBuilder();
    private int images;
    private boolean finished;
    private Seal seal = Seal.NONE;
    private Seal thoughtSeal = Seal.NONE;

    Choice(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    /** Where its words stand in the content. */
    ShownText text() {
        return text;
    }

    /** Notes a source. */
    void cited(Cited source) {
        ShownText.Range range = text.of(source);
        annotations.add(new ChatOutput.Annotation(range.start(), range.end(), source.uri(), source.title()));
    }

    List<ChatOutput.Annotation> annotations() {
        return annotations;
    }

    void called(ChatCall call) {
        calls.add(call);
    }

    boolean hasCalls() {
        return !calls.isEmpty();
    }

    /** The call that counts as number {@code index}; null when it is not shown. */
    @Nullable
    ChatCall call(int index) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).index() == index) {
                return calls.get(i);
            }
        }
        return null;
    }

    StringBuilder customJson() {
        return customJson;
    }

    ChatCall lastCall() {
        return calls.getLast();
    }

    int nextImage() {
        return images++;
    }

    /** Of several signatures of its text a message has room for the last. */
    void seal(Seal latest) {
        seal = latest.isPresent() ? latest : seal;
    }

    void thoughtSeal(Seal latest) {
        thoughtSeal = latest.isPresent() ? latest : thoughtSeal;
    }

    void keep(JsonObject part) {
        parts.add(part);
    }

    Extras extras(String message) {
        return new Extras(seal, thoughtSeal, message, List.copyOf(parts));
    }

    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }
}
