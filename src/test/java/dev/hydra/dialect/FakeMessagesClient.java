package dev.hydra.dialect;

import dev.hydra.dialect.messages.MessagesDialect;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A client of Anthropic Messages. */
final class FakeMessagesClient implements FakeClient {
    private static final String FIELDS = "'model':'m','max_tokens':8192,'thinking':{'type':'enabled','budget_tokens':2048},'tools':[{'name':"
            + "'get_weather','input_schema':{'type':'object','properties':{'city':{'type':'string'}}}}]";
    private final ClientDialect dialect = new MessagesDialect();

    @Override
    public ClientDialect dialect() {
        return dialect;
    }

    @Override
    public String history(boolean streamed) {
        return ("{" + FIELDS + ",'stream':" + streamed + ",'system':'Be brief.','messages':[{'role':'user','content':["
                + "{'type':'text','text':'Where is this?'},{'type':'image','source':{'type':'base64','media_type':'image/png',"
                + "'data':'iVBORw0KGgo='}}]},{'role':'assistant','content':[{'type':'tool_use','id':'call_1','name':'get_weather','input':{}}]},"
                + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'call_1','content':'mild'},"
                + "{'type':'text','text':'And now?'}]}]}").replace('\'', '"');
    }

    @Override
    public String question() {
        return ("{" + FIELDS + ",'messages':[{'role':'user','content':'Weather?'}]}").replace('\'', '"');
    }

    @Override
    public String continued(JsonObject reply, boolean seals) {
        StringBuilder blocks = new StringBuilder();
        String id = "";
        for (JsonObject block : reply.getJsonArray("content").getValuesAs(JsonObject.class)) {
            if (seals || !block.getString("type").equals("thinking")) {
                blocks.append(blocks.isEmpty() ? "" : ",").append(block);
            }
            id = block.getString("id", id);
        }
        return question().replace("\"}]}", "\"},{\"role\":\"assistant\",\"content\":[" + blocks
                + "]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":\"mild\"}]}]}");
    }

    @Override
    public Seen whole(String body) {
        JsonObject reply = Json.object(body);
        Seeing seeing = new Seeing();
        if (reply.getString("type").equals("error")) {
            seeing.end = End.ERROR;
            return seeing.seen();
        }
        for (JsonObject block : reply.getJsonArray("content").getValuesAs(JsonObject.class)) {
            seeing.text.append(ReplyJson.text(block, "text"));
            seeing.thoughts.append(ReplyJson.text(block, "thinking"));
            if (block.getString("type").equals("tool_use")) {
                seeing.calls.add(block.getString("name") + block.getJsonObject("input"));
            }
        }
        seeing.end = end(reply.getString("stop_reason"));
        return seeing.seen();
    }

    @Override
    public Seen stream(String frames) {
        Seeing seeing = new Seeing();
        boolean complete = false;
        for (String frame : frames.split("\n\n")) {
            JsonObject event = Json.object(frame.substring(frame.indexOf("data: ") + "data: ".length()));
            JsonObject delta = ReplyJson.object(event, "delta");
            switch (event.getString("type")) {
                case "content_block_start" -> seeing.open(event.getJsonObject("content_block"));
                case "content_block_delta" -> seeing.more(delta);
                case "message_delta" -> seeing.end = end(delta.getString("stop_reason"));
                case "message_stop" -> complete = true;
                case "error" -> seeing.end = End.ERROR;
                default -> {
                }
            }
        }
        seeing.end = complete || seeing.end == End.ERROR ? seeing.end : End.NONE;
        return seeing.seen();
    }

    private static End end(String word) {
        return switch (word) {
            case "end_turn" -> End.STOP;
            case "tool_use" -> End.CALLS;
            case "max_tokens" -> End.LENGTH;
            case "refusal" -> End.REFUSED;
            default -> End.NONE;
        };
    }

    @Override
    public String toString() {
        return "MESSAGES";
    }

    /** What has been seen so far. */
    private static final class Seeing {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thoughts = new StringBuilder();
        private final List<String> calls = new ArrayList<>();
        private End end = End.NONE;

        void open(JsonObject block) {
            if (block.getString("type").equals("tool_use")) {
                calls.add(block.getString("name"));
            }
        }

        void more(JsonObject delta) {
            text.append(ReplyJson.text(delta, "text"));
            thoughts.append(ReplyJson.text(delta, "thinking"));
            if (delta.getString("type").equals("input_json_delta")) {
                calls.set(calls.size() - 1, calls.getLast() + delta.getString("partial_json"));
            }
        }

        /** Pictures come as Markdown here, and a client that shows them shows no text in their place. */
        Seen seen() {
            return new Seen(text.toString().replaceAll("\n?!\\[image]\\(data:[^)]*\\)", ""), thoughts.toString(), calls, end);
        }
    }
}
