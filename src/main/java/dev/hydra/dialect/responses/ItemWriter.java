package dev.hydra.dialect.responses;

import dev.hydra.conversation.Usage;
import dev.hydra.dialect.OpenAiLogprobs;
import dev.hydra.dialect.responses.OutputItem.Annotation;
import dev.hydra.dialect.responses.OutputItem.Call;
import dev.hydra.dialect.responses.OutputItem.Image;
import dev.hydra.dialect.responses.OutputItem.Message;
import dev.hydra.dialect.responses.OutputItem.Reasoning;
import dev.hydra.dialect.responses.OutputItem.Search;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;

/** Writes output items and what they are made of, the same in a whole response and in events (spec mapping §5.2, §5.3). */
final class ItemWriter {
    private ItemWriter() {
    }

    /**
     * An item as far as it is known: an open one says {@code in_progress} and has no content yet.
     *
     * @param seals whether reasoning items show what they carry for the provider
     */
    static void item(JsonOutput json, OutputItem item, boolean seals) throws IOException {
        json.beginObject().name("id").value(item.id()).name("type");
        switch (item) {
            case Message message -> message(json, message);
            case Reasoning reasoning -> reasoning(json, reasoning, seals);
            case Call call -> call(json, call);
            case Image image -> {
                json.value("image_generation_call").name("status").value(status(image)).name("result");
                text(json, image.isClosed() ? image.base64 : "");
            }
            case Search search -> json.value("web_search_call").name("status").value(status(search)).name("action").beginObject()
                    .name("type").value("search").name("query").value(search.query).endObject();
        }
        json.endObject();
    }

    private static String status(OutputItem item) {
        return item.isClosed() ? "completed" : "in_progress";
    }

    private static void message(JsonOutput json, Message message) throws IOException {
        json.value("message").name("status").value(status(message)).name("role").value("assistant").name("content").beginArray();
        if (message.isClosed()) {
            part(json, message);
        }
        json.endArray();
    }

    /** The one content part of a message, as far as it is known. */
    static void part(JsonOutput json, Message message) throws IOException {
        json.beginObject();
        if (!message.refusal.isEmpty()) {
            json.name("type").value("refusal").name("refusal").value(message.isClosed() ? message.refusal.toString() : "");
        } else {
            json.name("type").value("output_text").name("text").value(message.isClosed() ? message.text.toString() : "");
            json.name("annotations").beginArray();
            for (Annotation each : message.annotations) {
                annotation(json, each);
            }
            json.endArray().name("logprobs");
            OpenAiLogprobs.array(json, message.logprobs);
        }
        json.endObject();
    }

    static void annotation(JsonOutput json, Annotation annotation) throws IOException {
        json.beginObject().name("type").value("url_citation").name("start_index").value(annotation.start()).name("end_index")
                .value(annotation.end()).name("url").value(annotation.uri()).name("title").value(annotation.title()).endObject();
    }

    private static void reasoning(JsonOutput json, Reasoning reasoning, boolean seals) throws IOException {
        json.value("reasoning").name("summary").beginArray();
        if (reasoning.isClosed() && !reasoning.summary.isEmpty()) {
            summary(json, reasoning.summary.toString());
        }
        json.endArray();
        if (seals && reasoning.isClosed() && !reasoning.carried.isEmpty()) {
            json.name("encrypted_content").value(reasoning.carried);
        }
    }

    static void summary(JsonOutput json, String text) throws IOException {
        json.beginObject().name("type").value("summary_text").name("text").value(text).endObject();
    }

    private static void call(JsonOutput json, Call call) throws IOException {
        json.value(call.custom ? "custom_tool_call" : "function_call").name("status").value(status(call));
        json.name("call_id").value(call.callId).name("name").value(call.name);
        if (!call.namespace.isEmpty()) {
            json.name("namespace").value(call.namespace);
        }
        json.name(call.custom ? "input" : "arguments").value(call.isClosed() ? call.arguments.toString() : "");
    }

    static void usage(JsonOutput json, Usage usage) throws IOException {
        long total = usage.total() > 0 ? usage.total() : usage.prompt() + usage.completion();
        json.name("usage").beginObject().name("input_tokens").value(usage.prompt());
        json.name("input_tokens_details").beginObject().name("cached_tokens").value(usage.cached()).name("cache_write_tokens").value(0)
                .endObject();
        json.name("output_tokens").value(usage.completion()).name("output_tokens_details").beginObject().name("reasoning_tokens")
                .value(usage.reasoning()).endObject().name("total_tokens").value(total).endObject();
    }

    /** A string, or null for an empty one. */
    static void text(JsonOutput json, String text) throws IOException {
        if (text.isEmpty()) {
            json.nullValue();
        } else {
            json.value(text);
        }
    }
}
