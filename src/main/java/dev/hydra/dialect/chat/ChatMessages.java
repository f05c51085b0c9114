package dev.hydra.dialect.chat;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.CallArguments;
import dev.hydra.dialect.ClientSeals;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.OpenAiContent;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code messages} in order (spec mapping §1.1). The leading run of system and developer messages becomes the conversation's system
 * text; a later one stays where it is as user text, because moving it up would change what it refers to.
 */
final class ChatMessages {
    private static final List<String> ROLES = List.of("system", "developer", "user", "assistant", "tool", "function");

    private final Ignored ignored;
    private final OpenAiContent content;
    private final List<Part> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private boolean begun;
    /** Calls of the latest assistant message with calls that have no result yet: ids may repeat, so position decides first. */
    private final OpenCalls open = new OpenCalls();
    /** Names of all calls so far; a later call with the same id wins. */
    private final Map<String, String> names = new HashMap<>();

    ChatMessages(Ignored ignored) {
        this.ignored = ignored;
        this.content = new OpenAiContent(ignored, "messages[]");
    }

    void read(Field messages) {
        if (!messages.isArray() || messages.items().isEmpty()) {
            throw messages.isArray() ? messages.invalid("must hold at least one message") : messages.wrong("an array of messages");
        }
        for (Field message : messages.items()) {
            readOne(message);
        }
    }

    List<Part> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    private void readOne(Field message) {
        message.object();
        if (message.get("cache_control").present()) {
            ignored.add("messages[].cache_control");
        }
        Field role = message.get("role");
        switch (role.text()) {
            case "system", "developer" -> readSystem(message);
            case "user" -> add(Turn.Role.USER, speech(message));
            case "assistant" -> add(Turn.Role.MODEL, answer(message));
            case "tool" -> add(Turn.Role.USER, List.of(result(message, ClientSeals.cleanId(message.get("tool_call_id").textOr("")))));
            case "function" -> add(Turn.Role.USER, List.of(result(message, "")));
            default -> throw role.unknown(ROLES);
        }
    }

    private void add(Turn.Role role, List<Part> parts) {
        begun = true;
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }

    private void readSystem(Field message) {
        List<Part> parts = speech(message);
        if (begun) {
            add(Turn.Role.USER, parts);
        } else {
            system.addAll(parts);
        }
    }

    private List<Part> speech(Field message) {
        if (message.get("name").present()) {
            ignored.add("messages[].name");
        }
        return content.parts(message.get("content"));
    }

    /** An assistant's message: sealed thoughts, what it said, what it made, then its calls: the order in which Gemini gives them. */
    private List<Part> answer(Field message) {
        List<Field> details = message.get("reasoning_details").isArray() ? message.get("reasoning_details").items() : List.of();
        List<Part> parts = new ArrayList<>();
        Seal thoughtSeal = ClientSeals.ofThought(details);
        if (thoughtSeal.isPresent()) {
            parts.add(new Part.Thought(message.first("reasoning_content", "reasoning").textIfAny(), thoughtSeal));
        }
        for (Field part : message.get("extra_content").get("google").get("parts").items()) {
            parts.add(new Part.Foreign(Seal.GEMINI, part.object()));
        }
        List<Part> said = new ArrayList<>(speech(message));
        String refusal = message.get("refusal").textOr("");
        if (!refusal.isEmpty()) {
            said.add(new Part.Text(refusal));
        }
        addAudio(message.get("audio"), said);
        // The message of a legacy call has no other place for the call's signature.
        Seal seal = message.get("function_call").present() ? Seal.NONE : ClientSeals.ofHolder(message);
        boolean sealed = seal.isPresent() && sealLastText(said, seal);
        parts.addAll(said);
        for (Field image : message.get("images").items()) {
            content.read(image, parts);
        }
        addCalls(message, details, parts);
        if (seal.isPresent() && !sealed) {
            // Gemini often ends a stream with an empty text that carries the signature, and wants that part back.
            parts.add(new Part.Text("", seal));
        }
        return parts;
    }

    private static boolean sealLastText(List<Part> parts, Seal seal) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof Part.Text text) {
                parts.set(i, new Part.Text(text.text(), seal));
                return true;
            }
        }
        return false;
    }

    /** OpenAI's clients give back the id alone, which only OpenAI knows; ours may give back the transcript. */
    private void addAudio(Field audio, List<Part> said) {
        String transcript = audio.get("transcript").textIfAny();
        if (!transcript.isEmpty()) {
            said.add(new Part.Text(transcript));
        } else if (audio.present()) {
            ignored.add("messages[].audio");
        }
    }

    private void addCalls(Field message, List<Field> details, List<Part> parts) {
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Field call : message.get("tool_calls").items()) {
            calls.add(call(call, details));
        }
        Field legacy = message.get("function_call");
        if (legacy.present()) {
            Seal own = ClientSeals.ofHolder(legacy);
            Seal seal = own.isPresent() ? own : ClientSeals.ofHolder(message);
            calls.add(new Part.ToolCall("", name(legacy), CallArguments.of(legacy.get("arguments")), seal));
        }
        if (!calls.isEmpty()) {
            open.replace(calls);
            calls.stream().filter(call -> !call.id().isEmpty()).forEach(call -> names.put(call.id(), call.name()));
            parts.addAll(calls);
        }
    }

    private static Part.ToolCall call(Field call, List<Field> details) {
        call.object();
        String rawId = call.get("id").textOr("");
        String id = ClientSeals.cleanId(rawId);
        Seal seal = ClientSeals.ofCall(call, rawId, details);
        Field custom = call.get("custom");
        if (custom.present()) {
            JsonObject input = Json.objectBuilder().add(OpenAiTools.CUSTOM_INPUT, custom.get("input").textOr("")).build();
            return new Part.ToolCall(id, name(custom), input, seal);
        }
        Field function = call.get("function");
        if (!function.present()) {
            throw function.wrong("an object with 'name' and 'arguments'");
        }
        return new Part.ToolCall(id, name(function), CallArguments.of(function.get("arguments")), seal);
    }

    private static String name(Field function) {
        String name = function.member("name").text();
        if (name.isEmpty()) {
            throw function.get("name").invalid("must not be empty");
        }
        return name;
    }

    /**
     * A tool's answer, matched to its call: the open one with that id, else (id missing or made anew) an open one with that name, else the
     * nearest earlier call with that id. The empty name says that no such call is known.
     */
    private Part.ToolResult result(Field message, String id) {
        String name = message.get("name").textOr("");
        List<Part> parts = content.parts(message.get("content"));
        Optional<Part.ToolCall> call = open.takeById(id);
        if (call.isEmpty() && !names.containsKey(id)) {
            call = !name.isEmpty() ? open.takeByName(name) : id.isEmpty() ? open.takeFirst() : Optional.empty();
        }
        return call.map(known -> new Part.ToolResult(known.id(), known.name(), parts, false))
                .orElseGet(() -> new Part.ToolResult(id, names.getOrDefault(id, ""), parts, false));
    }
}
