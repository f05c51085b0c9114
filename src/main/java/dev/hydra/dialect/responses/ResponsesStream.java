package dev.hydra.dialect.responses;

import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.OpenAiLogprobs;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer as a stream of named, numbered events (spec mapping §5.3). What all deltas of an item share is small, so it is written each time. */
final class ResponsesStream implements Progress {
    private static final byte[] BLANK_LINE = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final JsonOutput json = new JsonOutput();
    private final boolean seals;
    private long sequence;

    /** @param seals whether reasoning items show what they carry for the provider */
    ResponsesStream(boolean seals) {
        this.seals = seals;
    }

    @Override
    public void begun(ResponseDocument document, OutputStream out) throws IOException {
        response("response.created", document, out);
        response("response.in_progress", document, out);
    }

    @Override
    public void added(OutputItem item, int index, OutputStream out) throws IOException {
        item("response.output_item.added", item, index, out);
        switch (item) {
            case OutputItem.Message message -> part("response.content_part.added", message, index, out);
            case OutputItem.Search search -> {
                indexed("response.web_search_call.in_progress", search, index, out).close();
                indexed("response.web_search_call.searching", search, index, out).close();
            }
            case OutputItem.Image image -> indexed("response.image_generation_call.in_progress", image, index, out).close();
            case OutputItem.Call call -> {
            }
            case OutputItem.Reasoning reasoning -> {
            }
        }
    }

    @Override
    public void grown(OutputItem item, int index, String delta, OutputStream out) throws IOException {
        switch (item) {
            case OutputItem.Message message -> {
                boolean refusal = !message.refusal.isEmpty();
                content(refusal ? "response.refusal.delta" : "response.output_text.delta", message, index, out).name("delta").value(delta);
                if (!refusal) {
                    json.name("logprobs").beginArray().endArray();
                }
                close();
            }
            case OutputItem.Reasoning reasoning -> {
                if (reasoning.summary.length() == delta.length()) {
                    summaryPart("response.reasoning_summary_part.added", reasoning, index, "", out);
                }
                summary("response.reasoning_summary_text.delta", reasoning, index, out).name("delta").value(delta);
                close();
            }
            case OutputItem.Call call -> {
                indexed(call.custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta", call, index,
                        out).json.name("delta").value(delta);
                close();
            }
            case OutputItem.Image image -> throw new IllegalStateException("a picture comes whole");
            case OutputItem.Search search -> throw new IllegalStateException("a search comes whole");
        }
    }

    @Override
    public void cited(OutputItem.Message message, int index, OutputStream out) throws IOException {
        content("response.output_text.annotation.added", message, index, out).name("annotation_index")
                .value(message.annotations.size() - 1).name("annotation");
        ItemWriter.annotation(json, message.annotations.getLast());
        close();
    }

    @Override
    public void done(OutputItem item, int index, OutputStream out) throws IOException {
        switch (item) {
            case OutputItem.Message message -> {
                boolean refusal = !message.refusal.isEmpty();
                content(refusal ? "response.refusal.done" : "response.output_text.done", message, index, out);
                json.name(refusal ? "refusal" : "text").value((refusal ? message.refusal : message.text).toString());
                if (!refusal) {
                    json.name("logprobs");
                    OpenAiLogprobs.array(json, message.logprobs);
                }
                close();
                part("response.content_part.done", message, index, out);
            }
            case OutputItem.Reasoning reasoning -> {
                if (!reasoning.summary.isEmpty()) {
                    summary("response.reasoning_summary_text.done", reasoning, index, out).name("text").value(reasoning.summary.toString());
                    close();
                    summaryPart("response.reasoning_summary_part.done", reasoning, index, reasoning.summary.toString(), out);
                }
            }
            case OutputItem.Call call -> {
                indexed(call.custom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done", call, index,
                        out).json
                        .name("name").value(call.name).name(call.custom ? "input" : "arguments").value(call.arguments.toString());
                close();
            }
            case OutputItem.Image image -> indexed("response.image_generation_call.completed", image, index, out).close();
            case OutputItem.Search search -> indexed("response.web_search_call.completed", search, index, out).close();
        }
        item("response.output_item.done", item, index, out);
    }

    @Override
    public void end(ResponseDocument document, OutputStream out) throws IOException {
        response("response." + document.status().word(), document, out);
    }

    /** Most SDKs throw at the first of these two; Codex looks for the second (spec clients §5.2). */
    @Override
    public void fail(ResponseDocument document, OutputStream out) throws IOException {
        @Nullable
        Failure failure = document.failure();
        if (failure != null) {
            event("error", out).name("code");
            ItemWriter.text(json, OpenAiError.code(failure));
            json.name("message").value(OpenAiError.message(failure)).name("param").nullValue().name("error");
            OpenAiError.object(json, failure);
            close();
        }
        response("response.failed", document, out);
    }

    private void response(String type, ResponseDocument document, OutputStream out) throws IOException {
        event(type, out).name("response");
        document.write(json);
        close();
    }

    private void item(String type, OutputItem item, int index, OutputStream out) throws IOException {
        event(type, out).name("output_index").value(index).name("item");
        ItemWriter.item(json, item, seals);
        close();
    }

    private void part(String type, OutputItem.Message message, int index, OutputStream out) throws IOException {
        content(type, message, index, out).name("part");
        ItemWriter.part(json, message);
        close();
    }

    private void summaryPart(String type, OutputItem item, int index, String text, OutputStream out) throws IOException {
        summary(type, item, index, out).name("part");
        ItemWriter.summary(json, text);
        close();
    }

    private JsonOutput content(String type, OutputItem item, int index, OutputStream out) throws IOException {
        return indexed(type, item, index, out).json.name("content_index").value(0);
    }

    private JsonOutput summary(String type, OutputItem item, int index, OutputStream out) throws IOException {
        return indexed(type, item, index, out).json.name("summary_index").value(0);
    }

    /** Begins an event about an item. */
    private ResponsesStream indexed(String type, OutputItem item, int index, OutputStream out) throws IOException {
        event(type, out).name("item_id").value(item.id()).name("output_index").value(index);
        return this;
    }

    private JsonOutput event(String type, OutputStream out) throws IOException {
        byte[] line = ("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        return json.begin(out).raw(line).beginObject().name("type").value(type).name("sequence_number").value(sequence++);
    }

    private void close() throws IOException {
        json.endObject().raw(BLANK_LINE).end();
    }
}
