package dev.hydra.dialect.responses;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Format;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Sampling;
import dev.hydra.conversation.Tool;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.OpenAiDeclaration;
import dev.hydra.dialect.OpenAiOptions;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.dialect.WrittenRequest;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a conversation as a Responses request (spec mapping §9). Nothing is stored there: the whole conversation goes along each time. */
final class ProviderWriter {
    private static final int LONGEST_NAME = 64;

    private final Conversation conversation;
    private final FunctionNames names = new FunctionNames(LONGEST_NAME, "-");
    private final List<String> ignored = new ArrayList<>();
    private final Set<String> customTools = new HashSet<>();
    private final Set<String> customCalls = new HashSet<>();

    ProviderWriter(Conversation conversation) {
        this.conversation = conversation;
        for (Tool tool : conversation.tools()) {
            if (tool instanceof Tool.Custom custom) {
                customTools.add(custom.name());
            }
        }
    }

    WrittenRequest write(String model) {
        byte[] members = WrittenRequest.bytes(json -> {
            json.name("model").value(model).name("store").value(JsonValue.FALSE);
            json.name("include").beginArray().value(ResponsesOptions.ENCRYPTED).endArray().name("input").beginArray();
            message(json, "system", conversation.system());
            for (Turn turn : conversation.turns()) {
                turn(json, turn);
            }
            json.endArray();
            new OpenAiDeclaration(names, false).write(json, conversation, ignored);
            options(json, conversation.options());
        });
        return new WrittenRequest(members, ",\"stream\":true", List.copyOf(ignored), () -> new ProviderReader(names));
    }

    /** Neighbouring words and media of a turn are one message; calls, results and thoughts are items of their own between them. */
    private void turn(JsonOutput json, Turn turn) throws IOException {
        String role = turn.role() == Turn.Role.USER ? "user" : "assistant";
        List<Part> words = new ArrayList<>();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Text text -> words.add(text);
                case Part.Media media -> words.add(media);
                case Part.Foreign foreign -> foreign(json, foreign);
                case Part.Thought thought -> {
                    flush(json, role, words);
                    thought(json, thought);
                }
                case Part.ToolCall call -> {
                    flush(json, role, words);
                    call(json, call);
                }
                case Part.ToolResult result -> {
                    flush(json, role, words);
                    result(json, result);
                }
            }
        }
        flush(json, role, words);
    }

    private void flush(JsonOutput json, String role, List<Part> words) throws IOException {
        message(json, role, words);
        words.clear();
    }

    private void message(JsonOutput json, String role, List<Part> parts) throws IOException {
        boolean said = parts.stream().anyMatch(part -> part instanceof Part.Media || part instanceof Part.Text(var text, var seal)
                && !text.isEmpty());
        if (!said) {
            return;
        }
        json.beginObject().name("type").value("message").name("role").value(role).name("content").beginArray();
        content(json, parts, role.equals("assistant"));
        json.endArray().endObject();
    }

    private void content(JsonOutput json, List<Part> parts, boolean assistant) throws IOException {
        for (Part part : parts) {
            if (part instanceof Part.Text(var text, var seal) && !text.isEmpty()) {
                json.beginObject().name("type").value(assistant ? "output_text" : "input_text").name("text").value(text).endObject();
            } else if (part instanceof Part.Media media) {
                if (assistant) {
                    ignored.add("input[].content." + media.mimeType());
                } else {
                    media(json, media);
                }
            }
        }
    }

    private void media(JsonOutput json, Part.Media media) throws IOException {
        String type = media.mimeType();
        String data = media.source() instanceof Part.Source.Inline(var base64) ? base64 : "";
        String uri = media.source() instanceof Part.Source.Link(var link) ? link : "";
        if (type.startsWith("video/") || type.startsWith("audio/")) {
            ignored.add("input[].content." + type);
            return;
        }
        boolean picture = type.startsWith("image/") || type.isEmpty() && !uri.isEmpty();
        json.beginObject().name("type").value(picture ? "input_image" : "input_file");
        if (!uri.isEmpty()) {
            json.name(picture ? "image_url" : "file_url").value(uri);
        } else {
            if (!picture) {
                json.name("filename").value(media.name().isEmpty() ? "file" : media.name());
            }
            json.name(picture ? "image_url" : "file_data");
            json.joined("data:", type.isEmpty() ? "application/octet-stream" : type, ";base64,", data);
        }
        if (picture && !media.detail().isEmpty() && !media.detail().equals("original")) {
            json.name("detail").value(media.detail());
        }
        json.endObject();
    }

    private void foreign(JsonOutput json, Part.Foreign foreign) throws IOException {
        if (foreign.dialect().equals(ResponsesDialect.ID)) {
            json.value(foreign.json());
        } else {
            ignored.add("input[].content");
        }
    }

    /** Another provider's thoughts mean nothing here. */
    private static void thought(JsonOutput json, Part.Thought thought) throws IOException {
        if (!thought.seal().origin().equals(ResponsesDialect.ID) || !thought.seal().isPresent()) {
            return;
        }
        json.beginObject().name("type").value("reasoning").name("summary").beginArray();
        if (!thought.text().isEmpty()) {
            ItemWriter.summary(json, thought.text());
        }
        json.endArray().name("encrypted_content").value(thought.seal().value()).endObject();
    }

    private void call(JsonOutput json, Part.ToolCall call) throws IOException {
        boolean custom = customTools.contains(call.name());
        if (custom) {
            customCalls.add(call.id());
        }
        String arguments = call.arguments().toString();
        json.beginObject().name("type").value(custom ? "custom_tool_call" : "function_call").name("call_id").value(call.id());
        json.name("name").value(names.written(call.name())).name(custom ? "input" : "arguments");
        json.value(custom ? OpenAiTools.customInput(arguments) : arguments).endObject();
    }

    private void result(JsonOutput json, Part.ToolResult result) throws IOException {
        boolean custom = customCalls.contains(result.callId());
        json.beginObject().name("type").value(custom ? "custom_tool_call_output" : "function_call_output");
        json.name("call_id").value(result.callId()).name("output");
        boolean media = result.content().stream().anyMatch(Part.Media.class::isInstance);
        if (media) {
            json.beginArray();
            content(json, result.content(), false);
            json.endArray();
        } else {
            json.value(OpenAiDeclaration.resultText(result));
        }
        json.endObject();
    }

    private void options(JsonOutput json, Options options) throws IOException {
        Sampling sampling = options.sampling();
        if (sampling.temperature().isPresent()) {
            json.name("temperature").value(sampling.temperature().getAsDouble());
        }
        if (sampling.topP().isPresent()) {
            json.name("top_p").value(sampling.topP().getAsDouble());
        }
        if (options.maxTokens().isPresent()) {
            json.name("max_output_tokens").value(options.maxTokens().getAsInt());
        }
        if (options.topLogprobs().isPresent()) {
            json.name("top_logprobs").value(options.topLogprobs().getAsInt());
        }
        reasoning(json, options);
        format(json, options.format());
        if (!options.serviceTier().isEmpty()) {
            json.name("service_tier").value(options.serviceTier().equals("standard") ? "default" : options.serviceTier());
        }
        list(options);
    }

    private static void reasoning(JsonOutput json, Options options) throws IOException {
        Optional<String> effort = OpenAiOptions.word(options.thinking().amount());
        boolean shown = options.thinking().show().orElse(false);
        if (effort.isPresent() || shown) {
            json.name("reasoning").beginObject();
            if (effort.isPresent()) {
                json.name("effort").value(effort.get());
            }
            if (shown) {
                json.name("summary").value("auto");
            }
            json.endObject();
        }
    }

    private static void format(JsonOutput json, Format format) throws IOException {
        switch (format) {
            case Format.Plain plain -> {
            }
            case Format.AnyJson any -> json.name("text").beginObject().name("format").beginObject().name("type").value("json_object")
                    .endObject().endObject();
            case Format.Schema(var name, var description, JsonObject schema, var strict) -> {
                json.name("text").beginObject().name("format").beginObject().name("type").value("json_schema");
                json.name("name").value(name.isEmpty() ? "answer" : name).name("schema").value(schema);
                json.name("strict").value(strict ? JsonValue.TRUE : JsonValue.FALSE).endObject().endObject();
            }
        }
    }

    private void list(Options options) {
        Sampling sampling = options.sampling();
        note("top_k", sampling.topK().isPresent());
        note("seed", sampling.seed().isPresent());
        note("presence_penalty", sampling.presencePenalty().isPresent());
        note("frequency_penalty", sampling.frequencyPenalty().isPresent());
        note("stop", !options.stop().isEmpty());
        note("n", options.candidates() > 1);
        note("modalities", options.modalities().stream().anyMatch(kind -> !kind.equals("text")));
        note("google", !options.google().isEmpty());
    }

    private void note(String field, boolean said) {
        if (said) {
            ignored.add(field);
        }
    }
}
