package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent.Cited;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps track of where the provider's words stand in the text that the client is shown, when blocks of ours stand between them (code that was
 * run). Lengths and positions count code points.
 */
public final class ShownText {
    /** Pairs of the provider's position and the block's length. */
    private final List<int[]> blocks = new ArrayList<>();
    private int length;
    private boolean atLineStart = true;

    /** A range of the shown text. @param end one past the last character; both 0 when unknown */
    public record Range(int start, int end) {
    }

    /** Notes visible text of the provider. */
    public void said(String text) {
        length += text.codePointCount(0, text.length());
        atLineStart = text.endsWith("\n");
    }

    /** Notes a block of ours. @return the text to show, on a line of its own */
    public String inserted(String block) {
        String text = atLineStart ? block : "\n" + block;
        blocks.add(new int[] {length, text.codePointCount(0, text.length())});
        atLineStart = true;
        return text;
    }

    /** Length of all that is shown. */
    public int shown() {
        return length + blocks.stream().mapToInt(block -> block[1]).sum();
    }

    /** Where a source's words are shown: its positions are moved behind the blocks that stand before them. */
    public Range of(Cited source) {
        boolean known = source.end() > source.start();
        return known ? new Range(source.start() + before(source.start() + 1), source.end() + before(source.end())) : new Range(0, 0);
    }

    /** Length of the blocks that were inserted before a position of the provider's text. */
    private int before(int position) {
        return blocks.stream().filter(block -> block[0] < position).mapToInt(block -> block[1]).sum();
    }
}
