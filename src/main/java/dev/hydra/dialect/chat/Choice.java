package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Seal;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of one choice of an answer. Lengths and positions count code points. */
final class Choice {
    private final int index;
    private final List<ChatOutput.Annotation> annotations = new ArrayList<>();
    private final List<JsonObject> parts = new ArrayList<>();
    /** Blocks that are in the content but not in the provider's visible text: pairs of the text's position and the block's length. */
    private final List<int[]> blocks = new ArrayList<>();
    private final List<ChatCall> calls = new ArrayList<>();
    /** A custom tool's JSON arguments, held until they are whole. */
    private final StringBuilder customJson = new StringBuilder();
    private int textLength;
    private boolean atLineStart = true;
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

    /** Notes visible text of the provider. */
    void said(String text) {
        textLength += text.codePointCount(0, text.length());
        atLineStart = text.endsWith("\n");
    }

    /** Notes a block of ours. @return the text to send, on a line of its own */
    String inserted(String block) {
        String text = atLineStart ? block : "\n" + block;
        blocks.add(new int[] {textLength, text.codePointCount(0, text.length())});
        atLineStart = true;
        return text;
    }

    /** Notes a source; its positions are moved behind the blocks that stand before them. */
    void cited(Cited source) {
        boolean known = source.end() > source.start();
        int start = known ? source.start() + blocksBefore(source.start() + 1) : 0;
        int end = known ? source.end() + blocksBefore(source.end()) : 0;
        annotations.add(new ChatOutput.Annotation(start, end, source.uri(), source.title()));
    }

    /** Length of the blocks that were inserted before a position of the text. */
    private int blocksBefore(int position) {
        return blocks.stream().filter(block -> block[0] < position).mapToInt(block -> block[1]).sum();
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
