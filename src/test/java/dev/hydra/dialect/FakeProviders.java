package dev.hydra.dialect;

import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.gemini.GeminiDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import java.util.List;

/** The formats that providers speak; a new one is one more line in {@link #ALL}. */
enum FakeProviders implements FakeProvider {
    GEMINI(new GeminiDialect()) {
        @Override
        public List<String> streamed(ProviderCase which) {
            return switch (which) {
                case TEXT -> List.of(part("{'text':'Hello'}"), part("{'text':', \u4e16\u754c \ud83d\ude00'}"), end("STOP"));
                case THOUGHTS -> List.of(part("{'text':'First ','thought':true}"), part("{'text':'this.','thought':true}"),
                        part("{'text':'So.'}"), end("STOP"));
                case CALL -> List.of(part(CALL_ULM), end("STOP"));
                case PARALLEL_CALLS -> List.of(part(CALL_ULM), part(CALL_BONN), end("STOP"));
                case MEDIA_OUT ->
                    List.of(part("{'inlineData':{'mimeType':'image/png','data':'" + ProviderCase.PICTURE + "'}}"), end("STOP"));
                case REFUSAL -> List.of("{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':3}}");
                case LENGTH -> List.of(part("{'text':'Once'}"), end("MAX_TOKENS"));
                case CITATIONS -> List.of(part("{'text':'Ulm is old.'}"), "{'candidates':[{'finishReason':'STOP','groundingMetadata':{"
                        + "'groundingChunks':[{'web':{'uri':'" + ProviderCase.SOURCE + "','title':'t'}}],'groundingSupports':[{'segment':"
                        + "{'startIndex':0,'endIndex':3,'text':'Ulm'},'groundingChunkIndices':[0]}]}}]}");
                case ERROR_IN_STREAM ->
                    List.of(part("{'text':'Once'}"), "{'error':{'code':503,'message':'overloaded','status':'UNAVAILABLE'}}");
            };
        }

        @Override
        public String whole(ProviderCase which) {
            List<String> messages = streamed(which);
            return which == ProviderCase.ERROR_IN_STREAM ? messages.getLast() : "[" + String.join(",", messages) + "]";
        }

        @Override
        public List<String> traces() {
            return List.of("functionCall", "functionResponse", "\"id\":\"call_1\"", "inlineData", "systemInstruction");
        }
    },
    CHAT(new ChatDialect()) {
        @Override
        public List<String> streamed(ProviderCase which) {
            return switch (which) {
                case TEXT -> List.of(delta("'role':'assistant','content':''"), delta("'content':'Hello'"),
                        delta("'content':', \u4e16\u754c \ud83d\ude00'"), finish("stop"), USED, "[DONE]");
                case THOUGHTS -> List.of(delta("'reasoning_content':'First '"), delta("'reasoning':'this.'"), delta("'content':'So.'"),
                        finish("stop"), "[DONE]");
                case CALL ->
                    List.of(delta("'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'get_weather','arguments':''}}]"),
                            delta("'tool_calls':[{'index':0,'function':{'arguments':'{\\\"city\\\":'}}]"),
                            delta("'tool_calls':[{'index':0,'function':{'arguments':'\\\"Ulm\\\"}'}}]"),
                            finish("tool_calls"), "[DONE]");
                // Google's own compatible endpoint leaves the index out (spec mapping §1.7).
                case PARALLEL_CALLS ->
                    List.of(delta("'tool_calls':[" + call("a", "Ulm") + "]"), delta("'tool_calls':[" + call("b", "Bonn") + "]"),
                            finish("tool_calls"), "[DONE]");
                case MEDIA_OUT -> List.of(delta("'images':[{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                        + ProviderCase.PICTURE + "'}}]"), finish("stop"), "[DONE]");
                case REFUSAL -> List.of(delta("'refusal':'I '"), delta("'refusal':'cannot.'"), finish("stop"), "[DONE]");
                case LENGTH -> List.of(delta("'content':'Once'"), finish("length"), "[DONE]");
                case CITATIONS ->
                    List.of(delta("'content':'Ulm is old.'"), delta("'annotations':[" + SOURCE + "]"), finish("stop"), "[DONE]");
                case ERROR_IN_STREAM ->
                    List.of(delta("'content':'Once'"), "{'error':{'message':'overloaded','type':'server_error','code':null}}");
            };
        }

        @Override
        public String whole(ProviderCase which) {
            return switch (which) {
                case TEXT -> message("'content':'Hello, \u4e16\u754c \ud83d\ude00'", "stop");
                case THOUGHTS -> message("'reasoning_content':'First this.','content':'So.'", "stop");
                case CALL -> message("'content':null,'tool_calls':[" + call("a", "Ulm") + "]", "tool_calls");
                case PARALLEL_CALLS ->
                    message("'content':null,'tool_calls':[" + call("a", "Ulm") + "," + call("b", "Bonn") + "]", "tool_calls");
                case MEDIA_OUT -> message("'content':'','images':[{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                        + ProviderCase.PICTURE + "'}}]", "stop");
                case REFUSAL -> message("'content':null,'refusal':'I cannot.'", "stop");
                case LENGTH -> message("'content':'Once'", "length");
                case CITATIONS -> message("'content':'Ulm is old.','annotations':[" + SOURCE + "]", "stop");
                case ERROR_IN_STREAM -> streamed(which).getLast();
            };
        }

        @Override
        public List<String> traces() {
            return List.of("\"role\":\"system\"", "\"tool_calls\"", "\"tool_call_id\":\"call_1\"", "data:image/png;base64,");
        }
    },
    RESPONSES(new ResponsesDialect()) {
        @Override
        public List<String> streamed(ProviderCase which) {
            return switch (which) {
                case TEXT ->
                    List.of(CREATED, added("message", "'role':'assistant','content':[]"), event("output_text.delta", "'delta':'Hello'"),
                            event("output_text.delta", "'delta':', \u4e16\u754c \ud83d\ude00'"), done(MESSAGE_HELLO), completed());
                case THOUGHTS -> List.of(CREATED, added("reasoning", "'summary':[]"),
                        event("reasoning_summary_part.added", "'summary_index':0"),
                        event("reasoning_summary_text.delta", "'summary_index':0,'delta':'First this.'"),
                        done("{'type':'reasoning','id':'i','summary':[{'type':'summary_text','text':'First this.'}]}"),
                        "{'type':'response.output_text.delta','item_id':'j','delta':'So.'}", completed());
                case CALL -> List.of(CREATED, added("function_call", "'call_id':'a','name':'get_weather','arguments':''"),
                        event("function_call_arguments.delta", "'delta':'{\\\"city\\\":'"),
                        event("function_call_arguments.delta", "'delta':'\\\"Ulm\\\"}'"), done(item("i", "a", "Ulm")), completed());
                case PARALLEL_CALLS -> List.of(CREATED, done(item("i", "a", "Ulm")), done(item("j", "b", "Bonn")), completed());
                case MEDIA_OUT -> List.of(CREATED, done(PICTURE_ITEM), completed());
                case REFUSAL -> List.of(CREATED, event("refusal.delta", "'delta':'I cannot.'"), done(REFUSAL_ITEM), completed());
                case LENGTH -> List.of(CREATED, event("output_text.delta", "'delta':'Once'"),
                        "{'type':'response.incomplete','response':" + response("incomplete", "", "max_output_tokens") + "}");
                case CITATIONS -> List.of(CREATED, event("output_text.delta", "'delta':'Ulm is old.'"), done(CITED_ITEM), completed());
                case ERROR_IN_STREAM -> List.of(CREATED, event("output_text.delta", "'delta':'Once'"),
                        "{'type':'error','code':'server_error','message':'overloaded','param':null}");
            };
        }

        @Override
        public String whole(ProviderCase which) {
            return switch (which) {
                case TEXT -> response("completed", MESSAGE_HELLO, "");
                case THOUGHTS ->
                    response("completed", "{'type':'reasoning','id':'i','summary':[{'type':'summary_text','text':'First this.'}]},"
                            + "{'type':'message','id':'j','content':[{'type':'output_text','text':'So.','annotations':[]}]}", "");
                case CALL -> response("completed", item("i", "a", "Ulm"), "");
                case PARALLEL_CALLS -> response("completed", item("i", "a", "Ulm") + "," + item("j", "b", "Bonn"), "");
                case MEDIA_OUT -> response("completed", PICTURE_ITEM, "");
                case REFUSAL -> response("completed", REFUSAL_ITEM, "");
                case LENGTH -> response("incomplete", "{'type':'message','id':'i','content':[{'type':'output_text','text':'Once'}]}",
                        "max_output_tokens");
                case CITATIONS -> response("completed", CITED_ITEM, "");
                case ERROR_IN_STREAM -> "{'error':{'message':'overloaded','type':'server_error'}}";
            };
        }

        @Override
        public List<String> traces() {
            return List.of("\"role\":\"system\"", "\"function_call\"", "\"function_call_output\"", "\"call_id\":\"call_1\"", "input_image");
        }
    };

    /** Every provider of the contract. */
    static final List<FakeProvider> ALL = List.of(GEMINI, CHAT, RESPONSES, new FakeMessagesProvider());

    private static final String CALL_ULM = "{'functionCall':{'id':'a','name':'get_weather','args':{'city':'Ulm'}}}";
    private static final String CALL_BONN = "{'functionCall':{'id':'b','name':'get_weather','args':{'city':'Bonn'}}}";
    private static final String USED = "{'id':'c','model':'x','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7}}";
    private static final String SOURCE = "{'type':'url_citation','url_citation':{'start_index':0,'end_index':3,'url':'"
            + ProviderCase.SOURCE
            + "','title':'t'}}";
    private static final String CREATED = "{'type':'response.created','response':{'id':'r','model':'x','object':'response','output':[]}}";
    private static final String MESSAGE_HELLO = "{'type':'message','id':'i','content':[{'type':'output_text','text':"
            + "'Hello, \u4e16\u754c \ud83d\ude00','annotations':[]}]}";
    private static final String PICTURE_ITEM = "{'type':'image_generation_call','id':'i','result':'" + ProviderCase.PICTURE + "'}";
    private static final String REFUSAL_ITEM = "{'type':'message','id':'i','content':[{'type':'refusal','refusal':'I cannot.'}]}";
    private static final String CITED_ITEM = "{'type':'message','id':'i','content':[{'type':'output_text','text':'Ulm is old.','annotations':["
            + "{'type':'url_citation','start_index':0,'end_index':3,'url':'" + ProviderCase.SOURCE + "','title':'t'}]}]}";

    private final ProviderDialect dialect;

    FakeProviders(ProviderDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public ProviderDialect dialect() {
        return dialect;
    }

    private static String part(String part) {
        return "{'responseId':'r','modelVersion':'x','candidates':[{'content':{'role':'model','parts':[" + part + "]}}]}";
    }

    private static String end(String reason) {
        return "{'candidates':[{'finishReason':'" + reason
                + "'}],'usageMetadata':{'promptTokenCount':3,'candidatesTokenCount':4,'totalTokenCount':7}}";
    }

    private static String delta(String fields) {
        return "{'id':'c','model':'x','object':'chat.completion.chunk','choices':[{'index':0,'delta':{" + fields
                + "},'finish_reason':null}]}";
    }

    private static String finish(String reason) {
        return "{'id':'c','model':'x','choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}";
    }

    private static String message(String fields, String reason) {
        return "{'id':'c','model':'x','object':'chat.completion','choices':[{'index':0,'message':{'role':'assistant'," + fields
                + "},'finish_reason':'" + reason + "'}],'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7}}";
    }

    private static String call(String id, String city) {
        return "{'id':'" + id + "','type':'function','function':{'name':'get_weather','arguments':'{\\\"city\\\":\\\"" + city + "\\\"}'}}";
    }

    private static String item(String id, String callId, String city) {
        return "{'type':'function_call','id':'" + id + "','call_id':'" + callId + "','name':'get_weather','arguments':'{\\\"city\\\":\\\""
                + city
                + "\\\"}'}";
    }

    private static String added(String type, String fields) {
        return "{'type':'response.output_item.added','output_index':0,'item':{'type':'" + type + "','id':'i'," + fields + "}}";
    }

    private static String done(String item) {
        return "{'type':'response.output_item.done','output_index':0,'item':" + item + "}";
    }

    private static String event(String type, String fields) {
        return "{'type':'response." + type + "','item_id':'i'," + fields + "}";
    }

    private static String completed() {
        return "{'type':'response.completed','response':" + response("completed", "", "") + "}";
    }

    private static String response(String status, String output, String why) {
        return "{'id':'r','model':'x','object':'response','status':'" + status + "','error':null,'incomplete_details':"
                + (why.isEmpty() ? "null" : "{'reason':'" + why + "'}") + ",'output':[" + output
                + "],'usage':{'input_tokens':3,'output_tokens':4,'total_tokens':7}}";
    }
}
