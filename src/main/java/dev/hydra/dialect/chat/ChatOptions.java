package dev.hydra.dialect.chat;

import dev.hydra.conversation.Options;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Thinking;
import dev.hydra.dialect.CamelCase;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.OpenAiOptions;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Reads all that a request says besides its messages and tools (spec mapping §1.5–1.7). */
final class ChatOptions {
    /** Fields that are carried, or that ask for what happens anyway; every other one is listed as ignored. */
    private static final Set<String> CARRIED = Set.of("model", "messages", "tools", "tool_choice", "functions", "function_call", "stream",
            "stream_options", "temperature", "top_p", "top_k", "seed", "presence_penalty", "frequency_penalty", "max_completion_tokens",
            "max_tokens", "n", "stop", "response_format", "logprobs", "top_logprobs", "modalities", "response_modalities", "audio",
            "image_config", "service_tier", "reasoning_effort", "thinking", "reasoning", "include_reasoning", "parallel_tool_calls",
            "web_search_options", "extra_body", "google", "plugins");
    private static final int MOST_CANDIDATES = 128;
    private static final int MOST_LOGPROBS = 20;
    /** Fields of Google's thinking config that {@link ChatThinking} reads; they must not be said twice. */
    private static final String[] THINKING = {"thinking_config", "thinkingConfig"};

    private final Lookup fields;
    private final Field google;
    private final Thinking thinking;
    private final Ignored ignored;

    /** Finds an option where the client put it: in the body, or in an {@code extra_body} that its library did not unwrap. */
    record Lookup(Field body, Field extra) {
        Field find(String name) {
            return body.get(name).or(extra.get(name));
        }
    }

    ChatOptions(Field body, Ignored ignored) {
        this.fields = new Lookup(body, body.get("extra_body"));
        this.google = fields.find("google");
        this.thinking = ChatThinking.read(google.first(THINKING).or(generation().first(THINKING)), fields);
        this.ignored = ignored;
    }

    Field find(String name) {
        return fields.find(name);
    }

    /** Tools that stand in Google's own part of the request. */
    Field googleTools() {
        return google.get("tools");
    }

    Options read() {
        listIgnored(fields.body());
        listIgnored(fields.extra());
        return new Options(sampling(), thinking, OpenAiOptions.format(find("response_format")), maxTokens(), stop(find("stop")),
                candidates(),
                topLogprobs(), find("parallel_tool_calls").booleanOr(true), modalities(), voice(find("audio")),
                OpenAiOptions.serviceTier(find("service_tier"), ignored), google());
    }

    /** Whether thoughts may be shown in the answer: false only when the client said so. */
    boolean showsThoughts() {
        return thinking.show().orElse(true);
    }

    private void listIgnored(Field holder) {
        for (String name : holder.names()) {
            if (!CARRIED.contains(name)) {
                ignored.addIfSaid(holder.get(name).path(), holder.get(name).value());
            }
        }
    }

    private Sampling sampling() {
        return new Sampling(find("temperature").number(), find("top_p").number(), find("top_k").integer(0, Integer.MAX_VALUE),
                find("seed").integer(), find("presence_penalty").number(), find("frequency_penalty").number());
    }

    private Field generation() {
        return google.first("generation_config", "generationConfig");
    }

    private OptionalInt maxTokens() {
        return find("max_completion_tokens").or(find("max_tokens")).integer(1, Integer.MAX_VALUE);
    }

    private int candidates() {
        Field n = find("n");
        int wanted = n.integer(1, Integer.MAX_VALUE).orElse(1);
        if (wanted > MOST_CANDIDATES) {
            throw n.invalid("must be at most " + MOST_CANDIDATES);
        }
        return wanted;
    }

    private OptionalInt topLogprobs() {
        Field top = find("top_logprobs");
        OptionalInt wanted = top.integer(0, Integer.MAX_VALUE);
        if (wanted.orElse(0) > MOST_LOGPROBS) {
            throw top.invalid("must be at most " + MOST_LOGPROBS);
        }
        if (!find("logprobs").booleanOr(false)) {
            if (wanted.orElse(0) > 0) {
                ignored.add(top.path());
            }
            return OptionalInt.empty();
        }
        return OptionalInt.of(wanted.orElse(0));
    }

    private static List<String> stop(Field stop) {
        if (stop.isText()) {
            return stop.text().isEmpty() ? List.of() : List.of(stop.text());
        }
        if (stop.present() && !stop.isArray()) {
            throw stop.wrong("a string or an array of strings");
        }
        return stop.texts().stream().filter(text -> !text.isEmpty()).toList();
    }

    private List<String> modalities() {
        Field said = find("modalities").or(find("response_modalities"));
        List<String> wanted = new ArrayList<>();
        for (Field item : said.items()) {
            String word = item.text().toLowerCase(Locale.ROOT);
            if (!Set.of("text", "image", "audio").contains(word)) {
                throw item.unknown(List.of("text", "image", "audio"));
            }
            wanted.add(word);
        }
        return List.copyOf(wanted);
    }

    private static String voice(Field audio) {
        Field voice = audio.member("voice");
        return voice.isObject() ? voice.get("id").text() : voice.textOr("");
    }

    /** Google's own fields, less what was read from them elsewhere; picture settings of other clients join them. */
    private JsonObject google() {
        JsonObjectBuilder rest = Json.objectBuilder(CamelCase.fields(google.objectOrEmpty()));
        Arrays.asList(THINKING).forEach(rest::remove);
        rest.remove("tools");
        JsonObjectBuilder generation = Json.objectBuilder(CamelCase.fields(generation().objectOrEmpty()));
        Arrays.asList(THINKING).forEach(generation::remove);
        Field picture = find("image_config").or(google.first("image_config", "imageConfig"));
        if (picture.present()) {
            generation.add("imageConfig", CamelCase.fields(picture.object()));
            rest.remove("imageConfig");
        }
        JsonObject config = generation.build();
        rest.remove("generationConfig");
        if (!config.isEmpty()) {
            rest.add("generationConfig", config);
        }
        JsonObject built = rest.build();
        return built.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : built;
    }
}
