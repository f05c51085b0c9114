package dev.hydra.dialect.messages;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.ReplyWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Understands the events of a reply as Anthropic means them (spec mapping §6.2, §6.3) and sends the outcome to its output. The format has room
 * for one candidate: further ones are left out.
 *
 * <p>A seal that comes with the beginning of a part goes into the thinking block in front of it. One that follows a text already sent is left
 * out: a block behind the text would be taken for the answer by clients that read the last one.
 */
final class MessagesReply implements ReplyWriter {
    private final MessagesOutput output;
    private final ReplyWishes wishes;
    private final HostedCode code = new HostedCode();
    private final StringBuilder visible = new StringBuilder();
    private Open open = Open.NOTHING;
    private Seal thoughtSeal = Seal.NONE;
    private int call = -1;
    private boolean begun;
    private boolean called;
    private boolean lineStart = true;
    private MessagesOutput.Stop stop = new MessagesOutput.Stop("", "");
    private Usage usage = Usage.NONE;

    MessagesReply(MessagesOutput output, ReplyWishes wishes) {
        this.output = output;
        this.wishes = wishes;
    }

    /** The block that is being written. */
    private enum Open {
        NOTHING, TEXT, THINKING, CALL
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        if (event.candidate() != 0) {
            return;
        }
        switch (event) {
            case ReplyEvent.TextDelta delta -> text(delta.text(), delta.seal(), out);
            case ReplyEvent.ThoughtDelta delta -> thought(delta.text(), delta.seal(), out);
            case ReplyEvent.CallStarted started -> call(started, out);
            case ReplyEvent.CallArguments more -> arguments(more, out);
            case ReplyEvent.MediaMade made -> media(made, out);
            case ReplyEvent.Cited source -> cited(source, out);
            case ReplyEvent.ForeignMade made -> foreign(made, out);
            case ReplyEvent.Finished finished -> stop = stop.reason().isEmpty() ? stop(finished) : stop;
            case ReplyEvent.Refused refused -> stop = new MessagesOutput.Stop("refusal",
                    refused.message().isEmpty() ? "The provider refused the prompt: " + refused.reason() : refused.message());
            case ReplyEvent.UsageReported reported -> usage = reported.usage();
            case ReplyEvent.ProviderError error -> throw new IllegalStateException("a provider's error is the gateway's to tell");
            case ReplyEvent.Started started -> {
                // Anthropic's first event says nothing of it: the id is ours, the model's name the client's.
            }
            case ReplyEvent.Original original -> {
                // Only for clients of the provider's own format.
            }
            case ReplyEvent.Logprobs probs -> {
                // Nobody can ask for them in this format.
            }
        }
    }

    /** @throws IllegalStateException when the reply has no end: one that was cut must be failed, never ended (spec clients §1 rule 1) */
    @Override
    public void end(OutputStream out) throws IOException {
        if (stop.reason().isEmpty()) {
            throw new IllegalStateException("the reply has no end");
        }
        begin(out);
        close(out);
        output.end(stop, usage, out);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        output.fail(MessagesError.document(failure, requestId), out);
    }

    private void begin(OutputStream out) throws IOException {
        if (!begun) {
            begun = true;
            output.begin(usage, out);
        }
    }

    private void text(String text, Seal seal, OutputStream out) throws IOException {
        if (text.isEmpty()) {
            return; // the seal of what has been said before
        }
        openText(seal, out);
        visible.append(text);
        lineStart = text.endsWith("\n");
        output.text(out, text);
    }

    private void openText(Seal seal, OutputStream out) throws IOException {
        if (open != Open.TEXT) {
            inFrontOf(Carrier.Place.TEXT, seal, out);
            output.openText(out);
            open = Open.TEXT;
        }
    }

    private void thought(String text, Seal seal, OutputStream out) throws IOException {
        if (!wishes.thinking()) {
            return;
        }
        if (open != Open.THINKING) {
            openThinking(out);
        }
        if (wishes.thoughts() && !text.isEmpty()) {
            output.thinking(text, out);
        }
        thoughtSeal = seal.isPresent() ? seal : thoughtSeal;
    }

    private void openThinking(OutputStream out) throws IOException {
        begin(out);
        close(out);
        output.openThinking(out);
        open = Open.THINKING;
        thoughtSeal = Seal.NONE;
    }

    private void call(ReplyEvent.CallStarted started, OutputStream out) throws IOException {
        inFrontOf(Carrier.Place.CALL, started.seal(), out);
        output.openCall("tool_use", ToolIds.written(started.id()), started.name(), out);
        open = Open.CALL;
        call = started.call();
        called = true;
    }

    private void arguments(ReplyEvent.CallArguments more, OutputStream out) throws IOException {
        if (open == Open.CALL && call == more.call() && !more.json().isEmpty()) {
            output.input(more.json(), out);
        }
    }

    private void media(ReplyEvent.MediaMade made, OutputStream out) throws IOException {
        openText(Seal.NONE, out);
        output.text(out, MadeMedia.written(made, lineStart));
        lineStart = false;
    }

    /** Sources come when the text is complete; they stay in its block. */
    private void cited(ReplyEvent.Cited source, OutputStream out) throws IOException {
        openText(Seal.NONE, out);
        output.citation(source, quoted(source), out);
    }

    private String quoted(ReplyEvent.Cited source) {
        int points = visible.codePointCount(0, visible.length());
        if (source.end() <= source.start() || source.end() > points) {
            return "";
        }
        int start = visible.offsetByCodePoints(0, source.start());
        return visible.substring(start, visible.offsetByCodePoints(start, source.end() - source.start()));
    }

    private void foreign(ReplyEvent.ForeignMade made, OutputStream out) throws IOException {
        Part.Foreign part = made.part();
        if (part.dialect().equals(MessagesDialect.ID)) {
            begin(out);
            close(out);
            output.block(part.json(), out);
        } else if (HostedCode.isRun(part.json())) {
            inFrontOf(Carrier.Place.TEXT, Seal.NONE, out);
            output.openCall("server_tool_use", code.began(), HostedCode.NAME, out);
            output.input(HostedCode.input(part.json()), out);
            open = Open.CALL;
        } else if (HostedCode.isResult(part.json())) {
            begin(out);
            close(out);
            output.block(code.result(part.json()), out);
        } else if (part.dialect().equals(Seal.GEMINI)) {
            inFrontOf(Carrier.Place.PART, HostedCode.carried(part.json(), made.seal()), out);
        }
    }

    /** Closes what is open; the seal travels in the thinking block that ends here, else in one of its own without text. */
    private void inFrontOf(Carrier.Place place, Seal seal, OutputStream out) throws IOException {
        begin(out);
        boolean carried = seal.isPresent() && (wishes.thinking() || place == Carrier.Place.PART);
        if (open == Open.THINKING && carried && !thoughtSeal.isPresent()) {
            output.signature(new Carrier(place, seal).written(), out);
            output.close(out);
            open = Open.NOTHING;
            return;
        }
        close(out);
        if (carried) {
            output.openThinking(out);
            output.signature(new Carrier(place, seal).written(), out);
            output.close(out);
        }
    }

    private void close(OutputStream out) throws IOException {
        if (open == Open.THINKING) {
            output.signature(new Carrier(Carrier.Place.THOUGHT, thoughtSeal).written(), out);
        }
        if (open != Open.NOTHING) {
            output.close(out);
            open = Open.NOTHING;
        }
    }

    /** Calls turn a plain end into {@code tool_use}; a cut or filtered answer stays what it is, because its calls may be cut too. */
    private MessagesOutput.Stop stop(ReplyEvent.Finished finished) {
        String message = finished.reason() == FinishReason.FILTERED ? finished.message() : "";
        return new MessagesOutput.Stop(switch (finished.reason()) {
            case STOP, MALFORMED_CALL, OTHER -> called ? "tool_use" : "end_turn";
            case LENGTH -> "max_tokens";
            case FILTERED -> "refusal";
        }, message);
    }
}
