package dev.hydra.dialect.chat;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.CodeFence;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Understands the events of a reply as OpenAI means them (spec mapping §2, §3) and sends the outcome to its output. */
final class ChatReply implements ReplyWriter {
    private final ChatOutput output;
    private final ReplyWishes wishes;
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private Usage usage = Usage.NONE;
    private String serviceTier = "";

    ChatReply(ChatOutput output, ReplyWishes wishes) {
        this.output = output;
        this.wishes = wishes;
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        switch (event) {
            case ReplyEvent.Started started -> output.started(started.responseId(), started.modelVersion());
            case ReplyEvent.TextDelta delta -> text(delta, out);
            case ReplyEvent.ThoughtDelta delta -> thought(delta, out);
            case ReplyEvent.CallStarted call -> call(call, out);
            case ReplyEvent.CallArguments more -> arguments(more, out);
            case ReplyEvent.MediaMade made -> media(made, out);
            case ReplyEvent.Cited source -> choice(source.candidate(), out).cited(source);
            case ReplyEvent.ForeignMade made -> foreign(made, out);
            case ReplyEvent.Logprobs probs -> output.logprobs(content(probs.candidate(), out).index(), probs.tokens(), out);
            case ReplyEvent.Finished finished -> finished(finished, out);
            case ReplyEvent.Refused refused -> refused(refused, out);
            case ReplyEvent.UsageReported reported -> {
                usage = reported.usage();
                serviceTier = reported.serviceTier().isEmpty() ? serviceTier : reported.serviceTier();
            }
            case ReplyEvent.Original original -> {
            }
            case ReplyEvent.ProviderError error -> throw new IllegalStateException("a provider's error is the gateway's to tell");
        }
    }

    /** @throws IllegalStateException when a choice has no end: a reply that was cut must be failed, never ended (spec clients §1 rule 1) */
    @Override
    public void end(OutputStream out) throws IOException {
        if (choices.isEmpty() || !choices.values().stream().allMatch(Choice::isFinished)) {
            throw new IllegalStateException("the reply has no end");
        }
        output.end(usage, serviceTier, out);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        output.fail(OpenAiError.document(failure), out);
    }

    private Choice choice(int candidate, OutputStream out) throws IOException {
        Choice known = choices.get(candidate);
        if (known == null) {
            known = new Choice(candidate);
            choices.put(candidate, known);
            output.opened(candidate, out);
        }
        return known;
    }

    /** The choice, for something other than arguments: a custom call that is still open ends here. */
    private Choice content(int candidate, OutputStream out) throws IOException {
        Choice choice = choice(candidate, out);
        if (!choice.customJson().isEmpty()) {
            String json = choice.customJson().toString();
            choice.customJson().setLength(0);
            output.arguments(candidate, choice.lastCall(), OpenAiTools.customInput(json), out);
        }
        return choice;
    }

    private void text(ReplyEvent.TextDelta delta, OutputStream out) throws IOException {
        Choice choice = content(delta.candidate(), out);
        choice.seal(delta.seal());
        if (!delta.text().isEmpty()) {
            choice.text().said(delta.text());
            output.content(delta.candidate(), delta.text(), out);
        }
    }

    private void thought(ReplyEvent.ThoughtDelta delta, OutputStream out) throws IOException {
        content(delta.candidate(), out).thoughtSeal(delta.seal());
        if (wishes.thoughts() && !delta.text().isEmpty()) {
            output.reasoning(delta.candidate(), delta.text(), out);
        }
    }

    private void call(ReplyEvent.CallStarted started, OutputStream out) throws IOException {
        Choice choice = content(started.candidate(), out);
        if (wishes.legacyCall() && choice.hasCalls()) {
            return; // function_call has room for one call only
        }
        ChatCall.Form form = wishes.legacyCall() ? ChatCall.Form.LEGACY
                : wishes.customTools().contains(started.name()) ? ChatCall.Form.CUSTOM : ChatCall.Form.FUNCTION;
        ChatCall call = new ChatCall(started.call(), started.id(), started.name(), form, started.seal());
        choice.called(call);
        choice.seal(form == ChatCall.Form.LEGACY ? call.seal() : Seal.NONE);
        output.call(started.candidate(), call, out);
    }

    private void arguments(ReplyEvent.CallArguments more, OutputStream out) throws IOException {
        Choice choice = choice(more.candidate(), out);
        @Nullable
        ChatCall call = choice.call(more.call());
        if (call == null) {
            return;
        }
        if (call.form() == ChatCall.Form.CUSTOM) {
            choice.customJson().append(more.json());
        } else if (!more.json().isEmpty()) {
            output.arguments(more.candidate(), call, more.json(), out);
        }
    }

    private void media(ReplyEvent.MediaMade made, OutputStream out) throws IOException {
        Choice choice = content(made.candidate(), out);
        if (made.mimeType().startsWith("audio/")) {
            choice.seal(made.seal());
            output.audio(made.candidate(), made, out);
        } else {
            output.image(made.candidate(), choice.nextImage(), made, out);
        }
    }

    /** Code that was run is shown; what else only the provider understands is given to the client to keep and to send back. */
    private void foreign(ReplyEvent.ForeignMade made, OutputStream out) throws IOException {
        Choice choice = content(made.candidate(), out);
        JsonObject part = made.part().json();
        String block = CodeFence.of(part);
        if (!block.isEmpty()) {
            output.content(made.candidate(), choice.text().inserted(block), out);
        } else if (!part.containsKey("executableCode") && !part.containsKey("codeExecutionResult")) {
            boolean sealed = made.seal().isPresent() && made.seal().origin().equals(Seal.GEMINI);
            choice.keep(sealed ? Json.objectBuilder(part).add("thoughtSignature", made.seal().value()).build() : part);
        }
    }

    private void finished(ReplyEvent.Finished finished, OutputStream out) throws IOException {
        Choice choice = content(finished.candidate(), out);
        if (choice.isFinished()) {
            return;
        }
        choice.finish();
        if (!choice.annotations().isEmpty()) {
            output.annotations(finished.candidate(), choice.annotations(), out);
        }
        String message = finished.reason() == FinishReason.STOP ? "" : finished.message();
        output.finished(finished.candidate(), reason(finished.reason(), choice), choice.extras(message), out);
    }

    /** Calls turn a plain end into {@code tool_calls}; a cut or filtered answer stays what it is, because its calls may be cut too. */
    private String reason(FinishReason reason, Choice choice) {
        return switch (reason) {
            case STOP, MALFORMED_CALL, OTHER -> !choice.hasCalls() ? "stop" : wishes.legacyCall() ? "function_call" : "tool_calls";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
        };
    }

    private void refused(ReplyEvent.Refused refused, OutputStream out) throws IOException {
        Choice choice = choice(0, out);
        choice.finish();
        String why = refused.message().isEmpty() ? "The provider refused the prompt: " + refused.reason() : refused.message();
        output.refusal(0, why, out);
        output.finished(0, "content_filter", choice.extras(""), out);
    }
}
