package dev.hydra.dialect;

import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The formats that clients speak; a new one is one more line in {@link #ALL}. */
enum FakeClients implements FakeClient {
    CHAT(new ChatDialect()) {
        private static final String TOOL = "'tools':[{'type':'function','function':{'name':'get_weather','parameters':{'type':'object',"
                + "'properties':{'city':{'type':'string'}}}}}]";

        @Override
        public String history(boolean streamed) {
            return ("{'model':'m','stream':" + streamed + "," + TOOL
                    + ",'messages':[{'role':'system','content':'Be brief.'},{'role':'user',"
                    + "'content':[{'type':'text','text':'Where is this?'},{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}]},"
                    + "{'role':'assistant','content':null,'tool_calls':[{'id':'call_1','type':'function','function':{'name':'get_weather',"
                    + "'arguments':'{}'}}]},{'role':'tool','tool_call_id':'call_1','content':'mild'},{'role':'user','content':'And now?'}]}")
                    .replace('\'', '"');
        }

        @Override
        public String question() {
            return ("{'model':'m'," + TOOL + ",'messages':[{'role':'user','content':'Weather?'}]}").replace('\'', '"');
        }

        @Override
        public String continued(JsonObject reply, boolean seals) {
            JsonObject message = reply.getJsonArray("choices").getJsonObject(0).getJsonObject("message");
            JsonArrayBuilder calls = Json.arrayBuilder();
            message.getJsonArray("tool_calls").getValuesAs(JsonObject.class)
                    .forEach(call -> calls.add(Json.objectBuilder(call).remove("extra_content")));
            JsonObject said = seals ? message
                    : Json.objectBuilder().add("role", "assistant").addNull("content").add("tool_calls", calls).build();
            String id = message.getJsonArray("tool_calls").getJsonObject(0).getString("id");
            return question().replace("]}", "," + said + ",{\"role\":\"tool\",\"tool_call_id\":\"" + id + "\",\"content\":\"mild\"}]}");
        }

        @Override
        public Seen whole(String body) {
            JsonObject reply = Json.object(body);
            if (reply.containsKey("error")) {
                return new Seen("", "", List.of(), End.ERROR);
            }
            JsonObject choice = reply.getJsonArray("choices").getJsonObject(0);
            JsonObject message = choice.getJsonObject("message");
            List<String> calls = new ArrayList<>();
            ReplyJson.array(message, "tool_calls").getValuesAs(JsonObject.class).forEach(call -> calls.add(
                    call.getJsonObject("function").getString("name") + call.getJsonObject("function").getString("arguments")));
            return new Seen(ReplyJson.text(message, "content"), ReplyJson.text(message, "reasoning_content"), calls,
                    end(choice.getString("finish_reason")));
        }

        @Override
        public Seen stream(String frames) {
            StringBuilder text = new StringBuilder();
            StringBuilder thoughts = new StringBuilder();
            List<String> calls = new ArrayList<>();
            End end = End.NONE;
            for (String frame : frames.split("\n\n")) {
                if (frame.equals("data: [DONE]")) {
                    continue;
                }
                JsonObject chunk = Json.object(frame.substring("data: ".length()));
                if (chunk.containsKey("error")) {
                    end = End.ERROR;
                    continue;
                }
                for (JsonObject choice : chunk.getJsonArray("choices").getValuesAs(JsonObject.class)) {
                    JsonObject delta = choice.getJsonObject("delta");
                    text.append(ReplyJson.text(delta, "content"));
                    thoughts.append(ReplyJson.text(delta, "reasoning_content"));
                    for (JsonObject call : ReplyJson.array(delta, "tool_calls").getValuesAs(JsonObject.class)) {
                        int index = call.getInt("index");
                        JsonObject function = call.getJsonObject("function");
                        if (index == calls.size()) {
                            calls.add("");
                        }
                        calls.set(index, calls.get(index) + ReplyJson.text(function, "name") + ReplyJson.text(function, "arguments"));
                    }
                    if (choice.get("finish_reason") != JsonValue.NULL) {
                        end = end(choice.getString("finish_reason"));
                    }
                }
            }
            return new Seen(text.toString(), thoughts.toString(), calls, end);
        }

        private static End end(String word) {
            return switch (word) {
                case "stop" -> End.STOP;
                case "tool_calls" -> End.CALLS;
                case "length" -> End.LENGTH;
                case "content_filter" -> End.REFUSED;
                default -> End.NONE;
            };
        }
    },
    RESPONSES(new ResponsesDialect()) {
        private static final String FIELDS = "'model':'m','store':false,'include':['reasoning.encrypted_content'],'reasoning':{'summary':'auto'},"
                + "'tools':[{'type':'function','name':'get_weather','strict':false,'parameters':{'type':'object',"
                + "'properties':{'city':{'type':'string'}}}}]";

        @Override
        public String history(boolean streamed) {
            return ("{" + FIELDS + ",'stream':" + streamed + ",'instructions':'Be brief.','input':[{'role':'user','content':["
                    + "{'type':'input_text','text':'Where is this?'},{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo='}]},"
                    + "{'type':'function_call','call_id':'call_1','name':'get_weather','arguments':'{}'},"
                    + "{'type':'function_call_output','call_id':'call_1','output':'mild'},{'role':'user','content':'And now?'}]}")
                    .replace('\'', '"');
        }

        @Override
        public String question() {
            return ("{" + FIELDS + ",'input':[{'role':'user','content':'Weather?'}]}").replace('\'', '"');
        }

        @Override
        public String continued(JsonObject reply, boolean seals) {
            StringBuilder items = new StringBuilder();
            String id = "";
            for (JsonObject item : reply.getJsonArray("output").getValuesAs(JsonObject.class)) {
                if (seals || !item.getString("type").equals("reasoning")) {
                    items.append(',').append(item);
                }
                id = item.getString("call_id", id);
            }
            return question().replace("\"}]}",
                    "\"}" + items + ",{\"type\":\"function_call_output\",\"call_id\":\"" + id + "\",\"output\":\"mild\"}]}");
        }

        @Override
        public Seen whole(String body) {
            JsonObject reply = Json.object(body);
            if (ReplyJson.text(reply, "status").equals("failed")) {
                return new Seen("", "", List.of(), End.ERROR);
            }
            StringBuilder text = new StringBuilder();
            StringBuilder thoughts = new StringBuilder();
            List<String> calls = new ArrayList<>();
            for (JsonObject item : reply.getJsonArray("output").getValuesAs(JsonObject.class)) {
                ReplyJson.array(item, "content").forEach(part -> text.append(ReplyJson.text(part.asJsonObject(), "text")));
                ReplyJson.array(item, "summary").forEach(part -> thoughts.append(ReplyJson.text(part.asJsonObject(), "text")));
                if (item.getString("type").equals("function_call")) {
                    calls.add(item.getString("name") + item.getString("arguments"));
                }
            }
            String why = ReplyJson.text(ReplyJson.object(reply, "incomplete_details"), "reason");
            End end = why.equals("max_output_tokens") ? End.LENGTH
                    : !why.isEmpty() ? End.REFUSED : calls.isEmpty() ? End.STOP : End.CALLS;
            return new Seen(text.toString(), thoughts.toString(), calls, end);
        }

        @Override
        public Seen stream(String frames) {
            String[] all = frames.split("\n\n");
            String last = all[all.length - 1];
            return whole(Json.object(last.substring(last.indexOf("data: ") + "data: ".length())).getJsonObject("response").toString());
        }
    };

    /** Every client of the contract. */
    static final List<FakeClient> ALL = List.of(CHAT, RESPONSES, new FakeMessagesClient(), new FakeGeminiClient());

    private final ClientDialect dialect;

    FakeClients(ClientDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public ClientDialect dialect() {
        return dialect;
    }
}
