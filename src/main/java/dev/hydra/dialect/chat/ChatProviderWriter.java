package dev.hydra.dialect.chat;

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
import java.util.OptionalDouble;
import java.util.Set;

/** Writes a conversation as a chat request (spec mapping §9). */
final class ChatProviderWriter {
    /** What OpenAI takes. */
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_NAME = 64;

    private final Conversation conversation;
    private final FunctionNames names = new FunctionNames(LONGEST_NAME, "-");
    private final List<String> ignored = new ArrayList<>();
    private final Set<String> customTools = new HashSet<>();

    ChatProviderWriter(Conversation conversation) {
        this.conversation = conversation;
        conversation.tools().stream().filter(Tool.Custom.class::isInstance)
                .forEach(tool -> customTools.add(((Tool.Custom) tool).name()));
    }

    WrittenRequest write(String model) {
        byte[] members = WrittenRequest.bytes(json -> {
            json.name("model").value(model).name("messages").beginArray();
            system(json);
            for (Turn turn : conversation.turns()) {
                if (turn.role() == Turn.Role.USER) {
                    user(json, turn.parts());
                } else {
                    assistant(json, turn.parts());
                }
            }
            json.endArray();
            new OpenAiDeclaration(names, true).write(json, conversation, ignored);
            options(json, conversation.options());
        });
        return new WrittenRequest(members, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}", List.copyOf(ignored),
                () -> new ChatProviderReader(names));
    }

    private void system(JsonOutput json) throws IOException {
        if (!conversation.system().isEmpty()) {
            json.beginObject().name("role").value("system").name("content").beginArray();
            content(json, conversation.system());
            json.endArray().endObject();
        }
    }

    /** Results are messages of their own and come first, right behind the calls; their media follow as the user's. */
    private void user(JsonOutput json, List<Part> parts) throws IOException {
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                json.beginObject().name("role").value("tool").name("tool_call_id").value(result.callId());
                json.name("content").value(OpenAiDeclaration.resultText(result)).endObject();
                result.content().stream().filter(Part.Media.class::isInstance).forEach(rest::add);
            }
        }
        parts.stream().filter(part -> !(part instanceof Part.ToolResult)).forEach(rest::add);
        if (!rest.isEmpty()) {
            json.beginObject().name("role").value("user").name("content").beginArray();
            content(json, rest);
            json.endArray().endObject();
        }
    }

    private void content(JsonOutput json, List<Part> parts) throws IOException {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text, var seal) -> {
                    if (!text.isEmpty()) {
                        json.beginObject().name("type").value("text").name("text").value(text).endObject();
                    }
                }
                case Part.Media media -> media(json, media);
                case Part.Foreign foreign -> ignored.add("messages.content");
                case Part.Thought thought -> {
                }
                case Part.ToolCall call -> {
                }
                case Part.ToolResult result -> {
                }
            }
        }
    }

    private void media(JsonOutput json, Part.Media media) throws IOException {
        String type = media.mimeType();
        String data = media.source() instanceof Part.Source.Inline(var base64) ? base64 : "";
        String uri = media.source() instanceof Part.Source.Link(var link) ? link : "";
        boolean picture = type.startsWith("image/") || !uri.isEmpty();
        if (type.startsWith("video/") || type.startsWith("audio/") && data.isEmpty()) {
            ignored.add("messages.content." + type);
        } else if (picture) {
            json.beginObject().name("type").value("image_url").name("image_url").beginObject().name("url");
            if (data.isEmpty()) {
                json.value(uri);
            } else {
                json.joined("data:", type, ";base64,", data);
            }
            if (!media.detail().isEmpty() && !media.detail().equals("original")) {
                json.name("detail").value(media.detail());
            }
            json.endObject().endObject();
        } else if (type.startsWith("audio/")) {
            String format = type.contains("wav") ? "wav" : type.contains("mp") ? "mp3" : type.substring("audio/".length());
            json.beginObject().name("type").value("input_audio").name("input_audio").beginObject().name("data").value(data).name("format")
                    .value(format).endObject().endObject();
        } else {
            json.beginObject().name("type").value("file").name("file").beginObject().name("filename")
                    .value(media.name().isEmpty() ? "file" : media.name());
            json.name("file_data").joined("data:", type.isEmpty() ? "application/octet-stream" : type, ";base64,", data).endObject()
                    .endObject();
        }
    }

    /** What it made stays out: chat takes no pictures of an assistant. Thoughts are the other provider's own. */
    private void assistant(JsonOutput json, List<Part> parts) throws IOException {
        StringBuilder text = new StringBuilder();
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var piece, var seal) -> text.append(piece);
                case Part.ToolCall call -> calls.add(call);
                case Part.Media media -> ignored.add("messages.content." + media.mimeType());
                case Part.Foreign foreign -> ignored.add("messages.content");
                case Part.Thought thought -> {
                }
                case Part.ToolResult result -> {
                }
            }
        }
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        json.beginObject().name("role").value("assistant").name("content");
        if (text.isEmpty()) {
            json.nullValue();
        } else {
            json.value(text.toString());
        }
        if (!calls.isEmpty()) {
            json.name("tool_calls").beginArray();
            for (Part.ToolCall call : calls) {
                call(json, call);
            }
            json.endArray();
        }
        json.endObject();
    }

    private void call(JsonOutput json, Part.ToolCall call) throws IOException {
        boolean custom = customTools.contains(call.name());
        String type = custom ? "custom" : "function";
        json.beginObject().name("id").value(call.id()).name("type").value(type).name(type).beginObject();
        json.name("name").value(names.written(call.name())).name(custom ? "input" : "arguments");
        String arguments = call.arguments().toString();
        json.value(custom ? OpenAiTools.customInput(arguments) : arguments).endObject().endObject();
    }

    private void options(JsonOutput json, Options options) throws IOException {
        Sampling sampling = options.sampling();
        number(json, "temperature", sampling.temperature());
        number(json, "top_p", sampling.topP());
        number(json, "presence_penalty", sampling.presencePenalty());
        number(json, "frequency_penalty", sampling.frequencyPenalty());
        if (sampling.seed().isPresent()) {
            json.name("seed").value(sampling.seed().getAsLong());
        }
        if (options.maxTokens().isPresent()) {
            json.name("max_completion_tokens").value(options.maxTokens().getAsInt());
        }
        if (options.candidates() > 1) {
            json.name("n").value(options.candidates());
        }
        stops(json, options.stop());
        if (options.topLogprobs().isPresent()) {
            json.name("logprobs").value(JsonValue.TRUE).name("top_logprobs").value(options.topLogprobs().getAsInt());
        }
        var effort = OpenAiOptions.word(options.thinking().amount());
        if (effort.isPresent()) {
            json.name("reasoning_effort").value(effort.get());
        }
        format(json, options.format());
        if (!options.serviceTier().isEmpty()) {
            json.name("service_tier").value(options.serviceTier().equals("standard") ? "default" : options.serviceTier());
        }
        list(options);
    }

    private void stops(JsonOutput json, List<String> stops) throws IOException {
        if (!stops.isEmpty()) {
            json.name("stop").beginArray();
            for (String stop : stops.subList(0, Math.min(MOST_STOPS, stops.size()))) {
                json.value(stop);
            }
            json.endArray();
        }
        if (stops.size() > MOST_STOPS) {
            ignored.add("stop");
        }
    }

    private static void format(JsonOutput json, Format format) throws IOException {
        switch (format) {
            case Format.Plain plain -> {
            }
            case Format.AnyJson any -> json.name("response_format").beginObject().name("type").value("json_object").endObject();
            case Format.Schema(var name, var description, JsonObject schema, var strict) -> {
                json.name("response_format").beginObject().name("type").value("json_schema").name("json_schema").beginObject();
                json.name("name").value(name.isEmpty() ? "answer" : name).name("schema").value(schema);
                json.name("strict").value(strict ? JsonValue.TRUE : JsonValue.FALSE).endObject().endObject();
            }
        }
    }

    private static void number(JsonOutput json, String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.name(name).value(number.getAsDouble());
        }
    }

    private void list(Options options) {
        if (options.sampling().topK().isPresent()) {
            ignored.add("top_k");
        }
        if (options.modalities().stream().anyMatch(kind -> !kind.equals("text"))) {
            ignored.add("modalities");
        }
        if (!options.google().isEmpty()) {
            ignored.add("google");
        }
    }
}
