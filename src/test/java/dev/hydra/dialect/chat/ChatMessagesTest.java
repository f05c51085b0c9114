package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.messages;
import static dev.hydra.dialect.chat.Chats.parts;
import static dev.hydra.dialect.chat.Chats.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.wire.Json;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatMessagesTest {
    private static final String CALL = "{'role':'assistant','tool_calls':["
            + "{'id':'%s','type':'function','function':{'name':'%s','arguments':'{}'}}]}";

    private static Part.Text text(String text) {
        return new Part.Text(text);
    }

    @Test
    void theLeadingRunOfSystemAndDeveloperMessagesIsTheSystemText() {
        Conversation read = messages("""
                {'role':'system','content':'a'},{'role':'developer','content':[{'type':'text','text':'b'},{'type':'text','text':'c'}]},
                {'role':'user','content':'hi'},{'role':'system','content':'late'}""");
        assertThat(read.system()).containsExactly(text("a"), text("b"), text("c"));
        assertThat(read.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(text("hi"))),
                new Turn(Turn.Role.USER, List.of(text("late"))));
    }

    @Test
    void aRequestOfSystemMessagesAloneHasNoTurns() {
        Conversation read = messages("{'role':'system','content':'be brief'}");
        assertThat(read.system()).containsExactly(text("be brief"));
        assertThat(read.turns()).isEmpty();
    }

    @Test
    void emptyAssistantMessagesSayNothing() {
        Conversation read = messages("""
                {'role':'user','content':'hi'},{'role':'assistant','content':null},{'role':'assistant','content':''},
                {'role':'assistant','content':[]},{'role':'assistant'},{'role':'user','content':''}""");
        assertThat(read.turns()).hasSize(1);
    }

    @Test
    void textComesBeforeTheCalls() {
        List<Part> parts = parts("""
                {'role':'assistant','content':'I look','tool_calls':[
                {'id':'c1','type':'function','function':{'name':'f','arguments':'{\\"b\\":1,\\"a\\":2}'}}]}""");
        assertThat(parts.get(0)).isEqualTo(text("I look"));
        assertThat(((Part.ToolCall) parts.get(1)).arguments().toString()).isEqualTo("{\"b\":1,\"a\":2}");
    }

    @Test
    void refusalsAreShownToTheModel() {
        assertThat(parts("{'role':'assistant','content':null,'refusal':'I will not'}")).containsExactly(text("I will not"));
        assertThat(parts("{'role':'assistant','content':[{'type':'refusal','refusal':'no'}]}")).containsExactly(text("no"));
    }

    @Test
    void aSpokenAnswerIsRememberedByItsTranscript() {
        assertThat(parts("{'role':'assistant','content':null,'audio':{'id':'a','transcript':'hello'}}")).containsExactly(text("hello"));
        assertThat(Chats.request("{'model':'m','messages':[{'role':'assistant','audio':{'id':'a'}}]}").ignored())
                .containsExactly("messages[].audio");
    }

    @Test
    void resultsGetTheNameOfTheNearestCallBeforeThem() {
        String json = CALL.formatted("c1", "first") + ",{'role':'tool','tool_call_id':'c1','content':'1'}," + CALL.formatted("c1", "second")
                + ",{'role':'tool','tool_call_id':'c1','content':'2'}";
        List<Turn> turns = messages(json).turns();
        assertThat(turns.get(1).parts()).containsExactly(new Part.ToolResult("c1", "first", List.of(text("1")), false));
        assertThat(turns.get(3).parts()).containsExactly(new Part.ToolResult("c1", "second", List.of(text("2")), false));
    }

    @Test
    void callsOfOneMessageWithoutOrWithEqualIdsAreAnsweredInOrder() {
        for (String id : List.of("", "same")) {
            String both = "{'role':'assistant','tool_calls':[{'id':'%s','function':{'name':'f'}},{'id':'%s','function':{'name':'g'}}]}";
            List<Turn> turns = messages(both.formatted(id, id) + ",{'role':'tool','tool_call_id':'%s','content':'1'}".formatted(id)
                    + ",{'role':'tool','tool_call_id':'%s','content':'2'}".formatted(id)).turns();
            assertThat(turns.get(1).parts()).extracting("name").containsExactly("f");
            assertThat(turns.get(2).parts()).extracting("name").containsExactly("g");
        }
    }

    @Test
    void aResultForNoKnownCallHasNoName() {
        assertThat(parts("{'role':'tool','tool_call_id':'x','content':'1'}"))
                .containsExactly(new Part.ToolResult("x", "", List.of(text("1")), false));
    }

    @Test
    void aResultWhoseIdWasMadeAnewIsFoundByName() {
        List<Turn> turns = messages(CALL.formatted("c1", "f") + ",{'role':'tool','tool_call_id':'zzz','name':'f','content':'1'}").turns();
        assertThat(turns.get(1).parts()).containsExactly(new Part.ToolResult("c1", "f", List.of(text("1")), false));
    }

    @Test
    void legacyFunctionCallsAreMatchedByName() {
        List<Turn> turns = messages("""
                {'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{\\"a\\":1}'}},
                {'role':'function','name':'f','content':'done'}""").turns();
        assertThat(turns.get(0).parts()).containsExactly(new Part.ToolCall("", "f", Json.object("{\"a\":1}"), Seal.NONE));
        assertThat(turns.get(1).parts()).containsExactly(new Part.ToolResult("", "f", List.of(text("done")), false));
    }

    @Test
    void argumentsThatAreNoJsonObjectAreCarriedAsOneText() {
        for (String cut : List.of("{\"a\": 1, \"b", "[1,2]", "nonsense", "[".repeat(5000))) {
            String written = Json.string(cut).toString();
            Part.ToolCall call = (Part.ToolCall) Chats.request("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":"
                    + "[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":" + written + "}}]}]}").conversation().turns().getFirst()
                    .parts()
                    .getFirst();
            assertThat(call.arguments()).isEqualTo(Json.objectBuilder().add("arguments", cut).build());
        }
    }

    @Test
    void absentArgumentsAreNone() {
        for (String arguments : List.of("", ",'arguments':''", ",'arguments':null", ",'arguments':{}")) {
            Part call = parts("{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'" + arguments + "}}]}").getFirst();
            assertThat(call).isEqualTo(new Part.ToolCall("c", "f", JsonValue.EMPTY_JSON_OBJECT, Seal.NONE));
        }
    }

    @Test
    void customCallsCarryTheirInput() {
        Part call = parts("{'role':'assistant','tool_calls':[{'id':'c','type':'custom','custom':{'name':'sh','input':'ls -l'}}]}")
                .getFirst();
        assertThat(call).isEqualTo(new Part.ToolCall("c", "sh", Json.object("{\"input\":\"ls -l\"}"), Seal.NONE));
    }

    @Test
    void resultsMayHoldPictures() {
        Part.ToolResult result = (Part.ToolResult) parts("""
                {'role':'tool','tool_call_id':'c','content':[{'type':'text','text':'see'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}""").getFirst();
        assertThat(result.content()).hasSize(2).last().isInstanceOf(Part.Media.class);
    }

    @Test
    void unsealedReasoningInTheHistoryIsDropped() {
        assertThat(parts("{'role':'assistant','content':'4','reasoning_content':'2+2'}")).containsExactly(text("4"));
    }

    @Test
    void wrongRequestsAreRefusedByPath() {
        assertThat(refusal("{'model':'m'}")).hasMessage("'messages' is required and must be an array of messages.");
        assertThat(refusal("{'model':'m','input':'hi'}").field()).isEqualTo("messages");
        assertThat(refusal("{'model':'m','messages':[]}")).hasMessage("'messages' must hold at least one message.");
        assertThat(refusal("{'model':'m','messages':'hi'}")).hasMessage("'messages' must be an array of messages, but is a string.");
        assertThat(refusal("{'model':'m','messages':[7]}").field()).isEqualTo("messages[0]");
        assertThat(refusal("{'model':'m','messages':[{'content':'x'}]}").field()).isEqualTo("messages[0].role");
        assertThat(refusal("{'model':'m','messages':[{'role':'robot','content':'x'}]}"))
                .hasMessageContaining("'messages[0].role' must be one of system").hasMessageContaining("but is 'robot'");
        assertThat(refusal("{'model':'m','messages':[{'role':'user','content':7}]}"))
                .hasMessage("'messages[0].content' must be a string or an array of content parts, but is a number.");
        assertThat(refusal("{'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':'a'}]}]}").field())
                .isEqualTo("messages[0].tool_calls[0].function");
        assertThat(refusal("{'model':'m','messages':[{'role':'assistant','tool_calls':{}}]}").field()).isEqualTo("messages[0].tool_calls");
        assertThat(refusal("{'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':7,'function':{'name':'f'}}]}]}").field())
                .isEqualTo("messages[0].tool_calls[0].id");
    }
}
