package dev.hydra.dialect.messages;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;

/** Fields that a message and the events of its stream write alike. */
final class MessagesFields {
    private MessagesFields() {
    }

    /** {@code msg_} and the exchange's id, by which operators find it. */
    static void head(JsonOutput json, ReplyHead head) throws IOException {
        String id = head.requestId().startsWith("req_") ? head.requestId().substring("req_".length()) : head.requestId();
        json.name("id").value("msg_" + id).name("type").value("message").name("role").value("assistant");
        json.name("model").value(head.model());
    }

    /** Anthropic counts what came from a cache apart from the other input (spec mapping §6.2). */
    static void usage(JsonOutput json, Usage usage) throws IOException {
        json.name("usage").beginObject().name("input_tokens").value(Math.max(0, usage.prompt() - usage.cached()));
        json.name("cache_creation_input_tokens").value(0).name("cache_read_input_tokens").value(usage.cached());
        json.name("output_tokens").value(usage.completion());
        json.name("output_tokens_details").beginObject().name("thinking_tokens").value(usage.reasoning()).endObject().endObject();
    }

    /** The fields that say how the message ended. */
    static void stop(JsonOutput json, MessagesOutput.Stop stop) throws IOException {
        json.name("stop_reason").value(stop.reason()).name("stop_sequence").nullValue();
        if (stop.reason().equals("refusal")) {
            json.name("stop_details").beginObject().name("type").value("refusal").name("category").nullValue().name("explanation");
            if (stop.explanation().isEmpty()) {
                json.nullValue();
            } else {
                json.value(stop.explanation());
            }
            json.endObject();
        }
    }

    static void citation(JsonOutput json, Cited source, String quoted) throws IOException {
        json.beginObject().name("type").value("web_search_result_location").name("cited_text").value(quoted);
        json.name("url").value(source.uri()).name("title").value(source.title()).name("encrypted_index").value("").endObject();
    }
}
