package dev.hydra.dialect;

import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Usage;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** What replies of OpenAI's chat and Responses say in the same way. */
public final class OpenAiReply {
    private OpenAiReply() {
    }

    /** Log probabilities of tokens. */
    public static List<TokenLogprob> logprobs(JsonArray tokens) {
        List<TokenLogprob> read = new ArrayList<>(tokens.size());
        for (JsonValue token : tokens) {
            if (token instanceof JsonObject object) {
                read.add(new TokenLogprob(ReplyJson.text(object, "token"), ReplyJson.real(object, "logprob"),
                        logprobs(ReplyJson.array(object, "top_logprobs"))));
            }
        }
        return read;
    }

    /**
     * Token counts.
     *
     * @param usage the {@code usage} object
     * @param in    {@code prompt_tokens} or {@code input_tokens}
     * @param out   {@code completion_tokens} or {@code output_tokens}
     */
    public static Usage usage(JsonObject usage, String in, String out) {
        JsonObject inside = ReplyJson.object(usage, in + "_details");
        JsonObject outside = ReplyJson.object(usage, out + "_details");
        return new Usage(ReplyJson.whole(usage, in, 0), ReplyJson.whole(inside, "cached_tokens", 0), ReplyJson.whole(usage, out, 0),
                ReplyJson.whole(outside, "reasoning_tokens", 0), ReplyJson.whole(usage, "total_tokens", 0), modalities(inside),
                modalities(outside));
    }

    private static Usage.Modalities modalities(JsonObject details) {
        return new Usage.Modalities(ReplyJson.whole(details, "text_tokens", 0), ReplyJson.whole(details, "image_tokens", 0),
                ReplyJson.whole(details, "audio_tokens", 0));
    }

    /** The tier in our words. */
    public static String tier(JsonObject reply) {
        String tier = ReplyJson.text(reply, "service_tier");
        return tier.equals("default") ? "standard" : tier;
    }
}
