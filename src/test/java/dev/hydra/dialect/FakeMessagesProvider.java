package dev.hydra.dialect;

import dev.hydra.conversation.FinishReason;
import dev.hydra.dialect.messages.MessagesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Anthropic as a provider. */
final class FakeMessagesProvider implements FakeProvider {
    private static final String USAGE = "'usage':{'input_tokens':3,'output_tokens':4}";
    private final ProviderDialect dialect = new MessagesProvider();

    @Override
    public ProviderDialect dialect() {
        return dialect;
    }

    /** Its models make no pictures. */
    @Override
    public boolean says(ProviderCase which) {
        return which != ProviderCase.MEDIA_OUT;
    }

    /** A refusal is an ending here, whether or not something was said before. */
    @Override
    public ProviderCase.Outcome outcome(ProviderCase which) {
        return which != ProviderCase.REFUSAL ? which.expected() : new ProviderCase.Outcome("", "", List.of(), List.of(), List.of(),
                Optional.of(FinishReason.FILTERED), false, false);
    }

    @Override
    public List<String> streamed(ProviderCase which) {
        List<String> events = new ArrayList<>(
                List.of("{'type':'message_start','message':{'id':'msg_1','type':'message','model':'x'," + USAGE + "}}",
                        "{'type':'ping'}"));
        switch (which) {
            case TEXT -> block(events, "'type':'text','text':''", text("Hello"), text(", \u4e16\u754c \ud83d\ude00"));
            case THOUGHTS -> {
                block(events, "'type':'thinking','thinking':'','signature':''", "'type':'thinking_delta','thinking':'First '",
                        "'type':'thinking_delta','thinking':'this.'", "'type':'signature_delta','signature':'EqQB'");
                block(events, "'type':'text','text':''", text("So."));
            }
            case CALL -> block(events, call("a"), input("{"), input("\\\"city\\\":\\\"Ulm\\\"}"));
            case PARALLEL_CALLS -> {
                block(events, call("a"), input("{\\\"city\\\":\\\"Ulm\\\"}"));
                block(events, call("b"), input("{\\\"city\\\":\\\"Bonn\\\"}"));
            }
            case LENGTH, ERROR_IN_STREAM -> block(events, "'type':'text','text':''", text("Once"));
            case CITATIONS -> {
                block(events, "'type':'text','text':''", text("Ulm"), "'type':'citations_delta','citation':" + cited());
                block(events, "'type':'text','text':''", text(" is old."));
            }
            case MEDIA_OUT, REFUSAL -> {
            }
        }
        if (which == ProviderCase.ERROR_IN_STREAM) {
            events.add("{'type':'error','error':{'type':'overloaded_error','message':'overloaded'}}");
        } else {
            events.add("{'type':'message_delta','delta':{'stop_reason':'" + reason(which) + "','stop_sequence':null}," + USAGE + "}");
            events.add("{'type':'message_stop'}");
        }
        return events;
    }

    private static void block(List<String> events, String start, String... deltas) {
        events.add("{'type':'content_block_start','index':0,'content_block':{" + start + "}}");
        for (String delta : deltas) {
            events.add("{'type':'content_block_delta','index':0,'delta':{" + delta + "}}");
        }
        events.add("{'type':'content_block_stop','index':0}");
    }

    private static String text(String text) {
        return "'type':'text_delta','text':'" + text + "'";
    }

    private static String call(String id) {
        return "'type':'tool_use','id':'" + id + "','name':'get_weather','input':{}";
    }

    private static String input(String piece) {
        return "'type':'input_json_delta','partial_json':'" + piece + "'";
    }

    private static String cited() {
        return "{'type':'web_search_result_location','url':'" + ProviderCase.SOURCE
                + "','title':'t','cited_text':'Ulm','encrypted_index':'x'}";
    }

    private static String reason(ProviderCase which) {
        return switch (which) {
            case CALL, PARALLEL_CALLS -> "tool_use";
            case LENGTH -> "max_tokens";
            case REFUSAL -> "refusal";
            default -> "end_turn";
        };
    }

    @Override
    public String whole(ProviderCase which) {
        String content = switch (which) {
            case TEXT -> said("Hello, \u4e16\u754c \ud83d\ude00");
            case THOUGHTS -> "{'type':'thinking','thinking':'First this.','signature':'EqQB'}," + said("So.");
            case CALL -> called("a", "Ulm");
            case PARALLEL_CALLS -> called("a", "Ulm") + "," + called("b", "Bonn");
            case LENGTH -> said("Once");
            case CITATIONS -> "{'type':'text','text':'Ulm','citations':[" + cited() + "]}," + said(" is old.");
            case MEDIA_OUT, REFUSAL, ERROR_IN_STREAM -> "";
        };
        return which == ProviderCase.ERROR_IN_STREAM ? streamed(which).getLast()
                : "{'id':'msg_1','type':'message','role':'assistant','model':'x','content':[" + content + "],'stop_reason':'"
                        + reason(which)
                        + "','stop_sequence':null," + USAGE + "}";
    }

    private static String said(String text) {
        return "{'type':'text','text':'" + text + "'}";
    }

    private static String called(String id, String city) {
        return "{'type':'tool_use','id':'" + id + "','name':'get_weather','input':{'city':'" + city + "'}}";
    }

    @Override
    public List<String> traces() {
        return List.of("\"system\"", "\"tool_use\"", "\"tool_result\"", "\"media_type\":\"image/png\"", "\"input_schema\"",
                "\"max_tokens\"");
    }

    @Override
    public String toString() {
        return "MESSAGES";
    }
}
