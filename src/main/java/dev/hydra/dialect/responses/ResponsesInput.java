package dev.hydra.dialect.responses;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.CallArguments;
import dev.hydra.dialect.ClientSeals;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import dev.hydra.dialect.OpenAiContent;
import dev.hydra.dialect.OpenAiTools;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads input items in order (spec mapping §5.1, §5.4). The leading run of system and developer messages becomes the conversation's system text; a
 * later one stays where it is as user text, because moving it up would change what it refers to.
 */
final class ResponsesInput {
    private static final List<String> ROLES = List.of("user", "assistant", "system", "developer");
    private static final List<String> TYPES = List.of("message", "function_call", "function_call_output", "custom_tool_call",
            "custom_tool_call_output", "reasoning", "item_reference");
    /** Calls of tools with fixed names; the rest of the item is their arguments. */
    private static final Map<String, String> FIXED = Map.of("local_shell_call", "local_shell", "shell_call", "shell", "apply_patch_call",
            "apply_patch");
    /** What other hosts did with tools of theirs: nothing that another model could go on from. */
    private static final Set<String> FOREIGN = Set.of("web_search_call", "file_search_call", "code_interpreter_call", "mcp_call",
            "mcp_list_tools", "mcp_approval_request", "mcp_approval_response", "computer_call", "computer_call_output", "compaction",
            "compaction_summary", "compaction_trigger", "context_compaction", "tool_search_call", "program", "program_output",
            "ghost_snapshot");
    private static final Set<String> ABOUT = Set.of("id", "type", "call_id", "status");

    private final Ignored ignored;
    private final OpenAiContent content;
    private final ResponsesTools tools;
    private final EarlierItems earlier;
    private final List<Part> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    /** Names of all calls so far; a later call with the same id wins. */
    private final Map<String, String> names = new HashMap<>();
    private Seal next = Seal.NONE;
    private boolean begun;

    ResponsesInput(ResponsesTools tools, EarlierItems earlier, Ignored ignored) {
        this.tools = tools;
        this.earlier = earlier;
        this.ignored = ignored;
        this.content = new OpenAiContent(ignored, "input[]");
    }

    List<Part> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    /** A text of one user message, or a list of items. */
    void read(Field input) {
        if (input.isText()) {
            add(Turn.Role.USER, input.text().isEmpty() ? List.of() : List.of(new Part.Text(input.text())));
        } else if (input.isArray()) {
            input.items().forEach(this::readItem);
        } else {
            throw input.wrong("a string or an array of items");
        }
    }

    private void readItem(Field item) {
        item.object();
        Field type = item.get("type");
        switch (type.textOr(item.get("role").present() ? "message" : "")) {
            case "message" -> readMessage(item);
            case "function_call" -> call(item, item.get("name").text(), CallArguments.of(item.get("arguments")));
            case "custom_tool_call" -> call(item, item.get("name").text(), input(item.get("input").textOr("")));
            case "function_call_output", "custom_tool_call_output", "local_shell_call_output", "shell_call_output",
                    "apply_patch_call_output" ->
                result(item);
            case "reasoning" -> readReasoning(item);
            case "image_generation_call" -> readImage(item);
            case "item_reference" -> earlier.find(item.get("id")).forEach(this::readItem);
            case "additional_tools", "tool_search_output" -> tools.read(item.get("tools"));
            case String fixed when FIXED.containsKey(fixed) -> call(item, FIXED.get(fixed), rest(item));
            case String foreign when FOREIGN.contains(foreign) -> ignored.add("input[]." + foreign);
            default -> throw type.unknown(TYPES);
        }
    }

    private void add(Turn.Role role, List<Part> parts) {
        begun = true;
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }

    private void readMessage(Field message) {
        List<Part> parts = content.parts(message.get("content"));
        Field role = message.get("role");
        switch (role.text()) {
            case "user" -> add(Turn.Role.USER, parts);
            case "assistant" -> add(Turn.Role.MODEL, sealed(parts));
            case "system", "developer" -> {
                if (begun) {
                    add(Turn.Role.USER, parts);
                } else {
                    system.addAll(parts);
                }
            }
            default -> throw role.unknown(ROLES);
        }
    }

    /** The parts with the signature that the item before them carried for the first. */
    private List<Part> sealed(List<Part> parts) {
        if (parts.isEmpty() || !next.isPresent()) {
            return parts;
        }
        List<Part> signed = new ArrayList<>(parts);
        signed.set(0, signed(parts.getFirst(), next));
        next = Seal.NONE;
        return signed;
    }

    private void call(Field item, String name, JsonObject arguments) {
        if (name.isEmpty()) {
            throw item.get("name").invalid("must not be empty");
        }
        String id = ClientSeals.cleanId(item.get("call_id").or(item.get("id")).textOr(""));
        String flat = tools.named(item.get("namespace").textOr(""), name);
        names.put(id, flat);
        add(Turn.Role.MODEL, sealed(List.of(new Part.ToolCall(id, flat, arguments, ClientSeals.ofHolder(item)))));
    }

    private static JsonObject input(String text) {
        return Json.objectBuilder().add(OpenAiTools.CUSTOM_INPUT, text).build();
    }

    private static JsonObject rest(Field item) {
        JsonObjectBuilder arguments = Json.objectBuilder();
        item.object().forEach((name, value) -> {
            if (!ABOUT.contains(name)) {
                arguments.add(name, value);
            }
        });
        return arguments.build();
    }

    private void result(Field item) {
        String id = ClientSeals.cleanId(item.get("call_id").text());
        Field output = item.get("output");
        List<Part> parts = output.isObject() ? List.of(new Part.Text(output.value().toString())) : content.parts(output);
        add(Turn.Role.USER, List.of(new Part.ToolResult(id, names.getOrDefault(id, ""), parts, false)));
    }

    /** The words of a thought go back only with their own signature; mostly the item is there for what it carries. */
    private void readReasoning(Field item) {
        begun = true;
        Field carried = item.get("encrypted_content");
        if (!carried.present()) {
            return;
        }
        Carrier.read(carried.text()).ifPresentOrElse(carrier -> {
            switch (carrier.place()) {
                case THOUGHT -> add(Turn.Role.MODEL, List.of(new Part.Thought(summary(item), carrier.seal())));
                case NEXT -> next = carrier.seal();
                case PREVIOUS -> signPrevious(carrier.seal());
                case HERE -> add(Turn.Role.MODEL, List.of(new Part.Text("", carrier.seal())));
                case PART -> carrier.part().ifPresentOrElse(part -> add(Turn.Role.MODEL, List.of(part)),
                        () -> ignored.add("input[].encrypted_content"));
            }
        }, () -> ignored.add("input[].encrypted_content"));
    }

    private static String summary(Field item) {
        StringBuilder text = new StringBuilder();
        item.get("summary").items().forEach(part -> text.append(part.get("text").textIfAny()));
        return text.toString();
    }

    private void signPrevious(Seal seal) {
        if (!turns.isEmpty() && turns.getLast().role() == Turn.Role.MODEL) {
            List<Part> parts = new ArrayList<>(turns.getLast().parts());
            parts.set(parts.size() - 1, signed(parts.getLast(), seal));
            turns.set(turns.size() - 1, new Turn(Turn.Role.MODEL, parts));
        }
    }

    private static Part signed(Part part, Seal seal) {
        return switch (part) {
            case Part.Text text -> new Part.Text(text.text(), seal);
            case Part.ToolCall call -> new Part.ToolCall(call.id(), call.name(), call.arguments(), seal);
            case Part.Media media -> new Part.Media(media.mimeType(), media.source(), media.detail(), media.name(), media.clip(), seal);
            case Part.Thought thought -> thought;
            case Part.ToolResult result -> result;
            case Part.Foreign foreign -> foreign;
        };
    }

    private void readImage(Field item) {
        Field result = item.get("result");
        if (!result.present()) {
            return;
        }
        try {
            Part.Source source = new Part.Source.Inline(DataUri.base64(result.text()));
            add(Turn.Role.MODEL, sealed(List.of(new Part.Media("", source, "", "", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE))));
        } catch (IllegalArgumentException broken) {
            throw result.invalid(broken.getMessage());
        }
    }
}
