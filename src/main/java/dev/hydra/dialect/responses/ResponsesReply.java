package dev.hydra.dialect.responses;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.CodeFence;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.dialect.ReplyWriter;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Understands the events of a reply as items of a response (spec mapping §5.2–5.4) and tells its {@link Progress}. One item is open at a time: whatever
 * belongs to another one closes it. Only the first candidate is told, since the format has room for one.
 */
final class ResponsesReply implements ReplyWriter {
    private static final String SOUND = "The model answered with sound, which this format cannot carry; ask for it at /v1/chat/completions.";

    private final ResponseDocument document;
    private final Progress progress;
    private final ItemIds ids;
    private final Consumer<ResponseDocument> keeper;
    private final Map<Integer, OutputItem.Call> calls = new HashMap<>();
    private @Nullable OutputItem open;
    private int openIndex;
    private int shown;
    private int said;
    private boolean begun;
    private boolean soundRefused;

    /** @param keeper is given the response when it is complete */
    ResponsesReply(ResponseDocument document, ItemIds ids, Progress progress, Consumer<ResponseDocument> keeper) {
        this.document = document;
        this.ids = ids;
        this.progress = progress;
        this.keeper = keeper;
    }

    @Override
    public void write(ReplyEvent event, OutputStream out) throws IOException {
        if (event.candidate() != 0) {
            return;
        }
        begin(out);
        switch (event) {
            case ReplyEvent.Original original -> {
                // Only for clients of the provider's own format.
            }
            case ReplyEvent.Started started -> {
            }
            case ReplyEvent.TextDelta delta -> text(delta, out);
            case ReplyEvent.ThoughtDelta delta -> thought(delta, out);
            case ReplyEvent.CallStarted call -> call(call, out);
            case ReplyEvent.CallArguments more -> arguments(more, out);
            case ReplyEvent.MediaMade made -> media(made, out);
            case ReplyEvent.Cited source -> cited(source, out);
            case ReplyEvent.ForeignMade made -> foreign(made, out);
            case ReplyEvent.Logprobs probs -> message(out).logprobs.addAll(probs.tokens());
            case ReplyEvent.Finished finished -> {
                close(out);
                document.finish(finished.reason(), finished.message());
            }
            case ReplyEvent.Refused refused -> refused(refused, out);
            case ReplyEvent.UsageReported reported -> document.used(reported.usage(), reported.serviceTier());
            case ReplyEvent.ProviderError error -> throw new IllegalStateException("a provider's error is the gateway's to tell");
        }
    }

    /** @throws IllegalStateException when there is no end: a reply that was cut must be failed, never ended (spec clients §1 rule 1) */
    @Override
    public void end(OutputStream out) throws IOException {
        if (document.status() == ResponseDocument.Status.IN_PROGRESS) {
            throw new IllegalStateException("the reply has no end");
        }
        progress.end(document, out);
        keeper.accept(document);
    }

    @Override
    public void fail(Failure failure, String requestId, OutputStream out) throws IOException {
        begin(out);
        close(out);
        document.fail(failure);
        progress.fail(document, out);
    }

    private void begin(OutputStream out) throws IOException {
        if (!begun) {
            begun = true;
            progress.begun(document, out);
        }
    }

    /** Makes the item the open one. */
    private <T extends OutputItem> T open(T item, OutputStream out) throws IOException {
        close(out);
        document.items().add(item);
        open = item;
        openIndex = shown;
        if (document.isShown(item) || item instanceof OutputItem.Reasoning && document.wishes().summaries()) {
            shown++;
            progress.added(item, openIndex, out);
        }
        return item;
    }

    private void close(OutputStream out) throws IOException {
        OutputItem item = open;
        if (item == null) {
            return;
        }
        open = null;
        if (item instanceof OutputItem.Call call && call.custom) {
            String input = OpenAiTools.customInput(call.arguments.toString());
            call.arguments.setLength(0);
            call.arguments.append(input);
            progress.grown(call, openIndex, input, out);
        }
        item.close();
        if (document.isShown(item)) {
            progress.done(item, openIndex, out);
        }
        if (item instanceof OutputItem.Message message && !message.after.isEmpty() && isKept()) {
            carry(message.after, out);
        }
    }

    private OutputItem.Message message(OutputStream out) throws IOException {
        return open instanceof OutputItem.Message message ? message : open(new OutputItem.Message(ids.next("msg_"), said), out);
    }

    private void text(ReplyEvent.TextDelta delta, OutputStream out) throws IOException {
        if (!delta.text().isEmpty()) {
            OutputItem.Message message = message(out);
            message.shown.said(delta.text());
            said += delta.text().codePointCount(0, delta.text().length());
            say(message, delta.text(), out);
        }
        Carrier.Place place = delta.text().isEmpty() ? Carrier.Place.HERE : Carrier.Place.PREVIOUS;
        if (open instanceof OutputItem.Message message && delta.seal().isPresent()) {
            // Behind the message: it stays open, since its sources are told last of all.
            message.after = Carrier.of(delta.seal(), place).text();
        } else {
            carry(delta.seal(), place, out);
        }
    }

    private void say(OutputItem.Message message, String text, OutputStream out) throws IOException {
        message.text.append(text);
        progress.grown(message, openIndex, text, out);
    }

    private void thought(ReplyEvent.ThoughtDelta delta, OutputStream out) throws IOException {
        if (document.wishes().summaries() && !delta.text().isEmpty()) {
            OutputItem.Reasoning reasoning = open instanceof OutputItem.Reasoning growing ? growing
                    : open(new OutputItem.Reasoning(ids.next("rs_")), out);
            reasoning.summary.append(delta.text());
            progress.grown(reasoning, openIndex, delta.text(), out);
        }
        if (delta.seal().isPresent() && open instanceof OutputItem.Reasoning reasoning) {
            reasoning.carried = Carrier.of(delta.seal(), Carrier.Place.THOUGHT).text();
        } else {
            carry(delta.seal(), Carrier.Place.THOUGHT, out);
        }
    }

    /** Puts a signature where the client will keep it: into the thought before the part if that is free, else into an item of its own. */
    private void carry(Seal seal, Carrier.Place place, OutputStream out) throws IOException {
        if (seal.isPresent() && isKept()) {
            String text = Carrier.of(seal, place).text();
            if (place == Carrier.Place.NEXT && open instanceof OutputItem.Reasoning reasoning && reasoning.carried.isEmpty()) {
                reasoning.carried = text;
                close(out);
            } else {
                carry(text, out);
            }
        }
    }

    private void carry(String carrier, OutputStream out) throws IOException {
        close(out);
        OutputItem.Reasoning item = new OutputItem.Reasoning(ids.next("rs_"));
        item.carried = carrier;
        document.items().add(item);
        if (document.isShown(item)) {
            progress.added(item, shown, out);
            item.close();
            progress.done(item, shown++, out);
        }
        item.close();
    }

    private boolean isKept() {
        return document.wishes().seals() || document.wishes().store();
    }

    private void call(ReplyEvent.CallStarted started, OutputStream out) throws IOException {
        carry(started.seal(), Carrier.Place.NEXT, out);
        ResponsesTools.Spaced spaced = document.wishes().spaces().get(started.name());
        boolean custom = document.wishes().customTools().contains(started.name());
        calls.put(started.call(), open(new OutputItem.Call(ids.next(custom ? "ctc_" : "fc_"), started.id(),
                spaced == null ? started.name() : spaced.name(), spaced == null ? "" : spaced.space(), custom), out));
    }

    private void arguments(ReplyEvent.CallArguments more, OutputStream out) throws IOException {
        OutputItem.Call call = calls.get(more.call());
        if (call == null || call.isClosed() || more.json().isEmpty()) {
            return;
        }
        call.arguments.append(more.json());
        if (!call.custom) {
            progress.grown(call, openIndex, more.json(), out);
        }
    }

    private void media(ReplyEvent.MediaMade made, OutputStream out) throws IOException {
        if (made.mimeType().startsWith("audio/")) {
            if (!soundRefused) {
                soundRefused = true;
                refuse(SOUND, out);
            }
            return;
        }
        carry(made.seal(), Carrier.Place.NEXT, out);
        open(new OutputItem.Image(ids.next("ig_"), made.base64()), out);
        close(out);
    }

    /** A source belongs to the message whose words it is about; the stream can tell it while that message is open. */
    private void cited(ReplyEvent.Cited source, OutputStream out) throws IOException {
        OutputItem.Message owner = null;
        for (OutputItem item : document.items()) {
            if (item instanceof OutputItem.Message message && (owner == null || message.origin <= source.start() || source.end() == 0)) {
                owner = message;
            }
        }
        if (owner == null) {
            owner = message(out);
        }
        owner.cited(source);
        if (owner == open) {
            progress.cited(owner, openIndex, out);
        }
    }

    /** Code that was run is shown, a search is told; what else only the provider understands is carried for it. */
    private void foreign(ReplyEvent.ForeignMade made, OutputStream out) throws IOException {
        JsonObject part = made.part().json();
        String block = CodeFence.of(part);
        if (!block.isEmpty()) {
            OutputItem.Message message = message(out);
            say(message, message.shown.inserted(block), out);
        } else if (!part.containsKey("executableCode") && !part.containsKey("codeExecutionResult")) {
            if (part.get("toolCall") instanceof JsonObject call && call.getString("toolType", "").contains("SEARCH")) {
                open(new OutputItem.Search(ids.next("ws_"), query(call)), out);
                close(out);
            }
            if (isKept()) {
                carry(Carrier.of(new Part.Foreign(made.part().dialect(), part)).text(), out);
            }
        }
    }

    private static String query(JsonObject call) {
        JsonArray queries = call.get("args") instanceof JsonObject args && args.get("queries") instanceof JsonArray said ? said
                : JsonArray.EMPTY_JSON_ARRAY;
        List<String> texts = queries.stream().filter(JsonString.class::isInstance).map(each -> ((JsonString) each).getString()).toList();
        return String.join("\n", texts);
    }

    private void refused(ReplyEvent.Refused refused, OutputStream out) throws IOException {
        refuse(refused.message().isEmpty() ? "The provider refused the prompt: " + refused.reason() : refused.message(), out);
        document.finish(FinishReason.FILTERED, "");
    }

    /** Tells in a message of its own, which is no answer, why there is none. */
    private void refuse(String why, OutputStream out) throws IOException {
        close(out);
        OutputItem.Message message = new OutputItem.Message(ids.next("msg_"), said);
        message.refusal.append(why);
        open(message, out);
        progress.grown(message, openIndex, why, out);
        close(out);
    }
}
