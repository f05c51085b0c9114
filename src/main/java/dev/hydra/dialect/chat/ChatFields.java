package dev.hydra.dialect.chat;

import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ClientSeals;
import dev.hydra.dialect.OpenAiLogprobs;
import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.util.List;

/** Fields that a completion and a chunk write alike. */
final class ChatFields {
    private ChatFields() {
    }

    /** {@code extra_content.google.thought_signature}, Google's own place for it; nothing when there is none. */
    static void seal(JsonOutput json, Seal seal) throws IOException {
        if (isGoogle(seal)) {
            extraContent(json, new Extras(seal, Seal.NONE, "", List.of()));
        }
    }

    /** The fields of a message that clients give back unread; nothing when there are none. */
    static void extras(JsonOutput json, Extras extras) throws IOException {
        if (extras.thoughtSeal().isPresent()) {
            thoughtSeal(json, extras.thoughtSeal());
        }
        if (extras.hasContent()) {
            extraContent(json, extras);
        }
    }

    /** Google's place holds Google's signatures alone, since it does not say whose they are. */
    private static boolean isGoogle(Seal seal) {
        return seal.isPresent() && seal.origin().equals(Seal.GEMINI);
    }

    private static void extraContent(JsonOutput json, Extras extras) throws IOException {
        json.name("extra_content").beginObject().name("google").beginObject();
        if (isGoogle(extras.seal())) {
            json.name("thought_signature").value(extras.seal().value());
        }
        if (!extras.message().isEmpty()) {
            json.name("finish_message").value(extras.message());
        }
        if (!extras.parts().isEmpty()) {
            json.name("parts").beginArray();
            for (var part : extras.parts()) {
                json.value(part);
            }
            json.endArray();
        }
        json.endObject().endObject();
    }

    /** {@code reasoning_details}, as OpenRouter's clients keep them, for a signature of the thoughts themselves. */
    private static void thoughtSeal(JsonOutput json, Seal seal) throws IOException {
        json.name("reasoning_details").beginArray().beginObject().name("type").value("reasoning.encrypted").name("data").value(seal.value())
                .name("format").value(ClientSeals.format(seal)).name("index").value(0).endObject().endArray();
    }

    /** One call, with the arguments that are known. @param index whether its number is written, as chunks need it */
    static void call(JsonOutput json, ChatCall call, String arguments, boolean index) throws IOException {
        json.beginObject();
        if (index) {
            json.name("index").value(call.index());
        }
        boolean custom = call.form() == ChatCall.Form.CUSTOM;
        json.name("id").value(call.id()).name("type").value(custom ? "custom" : "function");
        json.name(custom ? "custom" : "function").beginObject().name("name").value(call.name());
        json.name(custom ? "input" : "arguments").value(arguments).endObject();
        seal(json, call.seal());
        json.endObject();
    }

    /** One element of {@code images}, as OpenRouter writes it. */
    static void image(JsonOutput json, int index, MediaMade image) throws IOException {
        boolean picture = image.mimeType().startsWith("image/");
        json.beginObject().name("type").value(picture ? "image_url" : "file").name("index").value(index);
        json.name(picture ? "image_url" : "file").beginObject().name(picture ? "url" : "file_data");
        json.joined("data:", image.mimeType(), ";base64,", image.base64()).endObject();
        seal(json, image.seal());
        json.endObject();
    }

    static void annotations(JsonOutput json, List<ChatOutput.Annotation> annotations) throws IOException {
        json.name("annotations").beginArray();
        for (ChatOutput.Annotation each : annotations) {
            json.beginObject().name("type").value("url_citation").name("url_citation").beginObject();
            json.name("start_index").value(each.start()).name("end_index").value(each.end());
            json.name("url").value(each.uri()).name("title").value(each.title()).endObject().endObject();
        }
        json.endArray();
    }

    static void logprobs(JsonOutput json, List<TokenLogprob> tokens) throws IOException {
        json.name("logprobs").beginObject().name("content");
        OpenAiLogprobs.array(json, tokens);
        json.name("refusal").nullValue().endObject();
    }

    static void usage(JsonOutput json, Usage usage) throws IOException {
        long total = usage.total() > 0 ? usage.total() : usage.prompt() + usage.completion();
        json.name("usage").beginObject().name("prompt_tokens").value(usage.prompt());
        json.name("completion_tokens").value(usage.completion()).name("total_tokens").value(total);
        json.name("prompt_tokens_details").beginObject().name("cached_tokens").value(usage.cached());
        modalities(json, usage.promptDetails());
        json.endObject().name("completion_tokens_details").beginObject().name("reasoning_tokens").value(usage.reasoning());
        modalities(json, usage.completionDetails());
        json.name("accepted_prediction_tokens").value(0).name("rejected_prediction_tokens").value(0).endObject().endObject();
    }

    private static void modalities(JsonOutput json, Usage.Modalities counts) throws IOException {
        json.name("audio_tokens").value(counts.audio());
        if (counts.text() > 0) {
            json.name("text_tokens").value(counts.text());
        }
        if (counts.image() > 0) {
            json.name("image_tokens").value(counts.image());
        }
    }

    /** OpenAI's word for the tier; written only when the provider told its own. */
    static void serviceTier(JsonOutput json, String tier) throws IOException {
        if (!tier.isEmpty()) {
            json.name("service_tier").value(tier.equals("standard") ? "default" : tier);
        }
    }
}
