package dev.hydra.dialect.messages;

import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** An answer as one {@code message} (spec mapping §6.2). */
final class MessagesWhole implements MessagesOutput {
    private final ReplyHead head;
    private final List<Block> blocks = new ArrayList<>();

    MessagesWhole(ReplyHead head) {
        this.head = head;
    }

    /** One block as far as it is known. */
    private sealed interface Block {
    }

    private record Text(StringBuilder text, List<Cited> citations, List<String> quoted) implements Block {
    }

    private static final class Thinking implements Block {
        private final StringBuilder text = new StringBuilder();
        private String signature = "";
    }

    private record Call(String type, String id, String name, StringBuilder input) implements Block {
    }

    private record Own(JsonObject json) implements Block {
    }

    @Override
    public void begin(Usage soFar, OutputStream out) {
        // All is written at the end.
    }

    @Override
    public void openText(OutputStream out) {
        blocks.add(new Text(new StringBuilder(), new ArrayList<>(), new ArrayList<>()));
    }

    @Override
    public void openThinking(OutputStream out) {
        blocks.add(new Thinking());
    }

    @Override
    public void openCall(String type, String id, String name, OutputStream out) {
        blocks.add(new Call(type, id, name, new StringBuilder()));
    }

    @Override
    public void text(OutputStream out, String... pieces) {
        for (String piece : pieces) {
            open(Text.class).text().append(piece);
        }
    }

    @Override
    public void thinking(String text, OutputStream out) {
        open(Thinking.class).text.append(text);
    }

    @Override
    public void signature(String signature, OutputStream out) {
        open(Thinking.class).signature = signature;
    }

    @Override
    public void input(String json, OutputStream out) {
        open(Call.class).input().append(json);
    }

    @Override
    public void citation(Cited source, String quoted, OutputStream out) {
        open(Text.class).citations().add(source);
        open(Text.class).quoted().add(quoted);
    }

    @Override
    public void block(JsonObject block, OutputStream out) {
        blocks.add(new Own(block));
    }

    @Override
    public void close(OutputStream out) {
        // The next block is opened by itself.
    }

    @Override
    public void end(Stop stop, Usage usage, OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out).beginObject();
        MessagesFields.head(json, head);
        json.name("content").beginArray();
        for (Block block : blocks) {
            write(json, block);
        }
        json.endArray();
        MessagesFields.stop(json, stop);
        MessagesFields.usage(json, usage);
        json.endObject().end();
    }

    @Override
    public void fail(byte[] error, OutputStream out) throws IOException {
        out.write(error);
    }

    private <T extends Block> T open(Class<T> kind) {
        return kind.cast(blocks.getLast());
    }

    private static void write(JsonOutput json, Block block) throws IOException {
        switch (block) {
            case Text text -> {
                json.beginObject().name("type").value("text").name("text").value(text.text().toString());
                citations(json, text);
                json.endObject();
            }
            case Thinking thinking -> json.beginObject().name("type").value("thinking").name("thinking").value(thinking.text.toString())
                    .name("signature").value(thinking.signature).endObject();
            case Call call -> json.beginObject().name("type").value(call.type()).name("id").value(call.id()).name("name").value(call.name())
                    .name("input").value(arguments(call.input().toString())).endObject();
            case Own own -> json.value(own.json());
        }
    }

    private static void citations(JsonOutput json, Text text) throws IOException {
        if (text.citations().isEmpty()) {
            return;
        }
        json.name("citations").beginArray();
        for (int i = 0; i < text.citations().size(); i++) {
            MessagesFields.citation(json, text.citations().get(i), text.quoted().get(i));
        }
        json.endArray();
    }

    /** Clients need an object here; what was cut at the token limit is carried as one text. */
    private static JsonValue arguments(String json) {
        if (json.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            return Json.object(json);
        } catch (JsonException broken) {
            return Json.objectBuilder().add("arguments", json).build();
        }
    }
}
