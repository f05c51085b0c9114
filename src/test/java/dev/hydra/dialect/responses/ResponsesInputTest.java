package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.input;
import static dev.hydra.dialect.responses.Responses.parts;
import static dev.hydra.dialect.responses.Responses.refusal;
import static dev.hydra.dialect.responses.Responses.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Part.Source;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesInputTest {
    @Test
    void aTextIsOneUserMessage() {
        Conversation said = request("{'model':'m','input':'Hello','instructions':'Be kind'}").conversation();

        assertThat(said.system()).containsExactly(new Part.Text("Be kind"));
        assertThat(said.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("Hello"))));
    }

    @Test
    void instructionsComeBeforeTheInputsOwnLeadingMessagesAndLaterOnesStay() {
        Conversation said = request("{'model':'m','instructions':'one','input':[{'type':'message','role':'developer','content':'two'},"
                + "{'role':'system','content':[{'type':'input_text','text':'three'}]},{'role':'user','content':'hi'},"
                + "{'role':'developer','content':'later'}]}").conversation();

        assertThat(said.system()).containsExactly(new Part.Text("one"), new Part.Text("two"), new Part.Text("three"));
        assertThat(said.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("hi"))),
                new Turn(Turn.Role.USER, List.of(new Part.Text("later"))));
    }

    @Test
    void picturesFilesAndSoundsInTheFormsOfThisFormat() {
        List<Part> parts = parts(
                input("{'role':'user','content':[{'type':'input_image','image_url':'data:image/png;base64,AAAA','detail':'low'},"
                        + "{'type':'input_image','image_url':'https://example.org/a.png'},"
                        + "{'type':'input_file','filename':'a.pdf','file_data':'data:application/pdf;base64,BBBB'},"
                        + "{'type':'input_file','file_url':'https://example.org/b.pdf'},"
                        + "{'type':'input_audio','input_audio':{'data':'CCCC','format':'wav'}}]}"));

        assertThat(parts).extracting(part -> ((Part.Media) part).source()).containsExactly(new Source.Inline("AAAA"),
                new Source.Link("https://example.org/a.png"), new Source.Inline("BBBB"), new Source.Link("https://example.org/b.pdf"),
                new Source.Inline("CCCC"));
        assertThat(parts).extracting(part -> ((Part.Media) part).mimeType()).containsExactly("image/png", "", "application/pdf", "",
                "audio/wav");
    }

    @Test
    void callsAndTheirResultsKeepTheirIds() {
        List<Part> parts = parts(input("{'role':'user','content':'go'},"
                + "{'type':'function_call','id':'fc_1','call_id':'call_a','name':'f','arguments':'{\\'n\\':1}'},"
                + "{'type':'function_call','call_id':'call_b','name':'g','arguments':''},"
                + "{'type':'function_call_output','call_id':'call_b','output':'b'},"
                + "{'type':'function_call_output','call_id':'call_a','output':[{'type':'input_text','text':'a'}]}"));

        assertThat(parts.subList(1, 5)).containsExactly(
                new Part.ToolCall("call_a", "f", Json.object("{\"n\":1}"), Seal.NONE),
                new Part.ToolCall("call_b", "g", Json.object("{}"), Seal.NONE),
                new Part.ToolResult("call_b", "g", List.of(new Part.Text("b")), false),
                new Part.ToolResult("call_a", "f", List.of(new Part.Text("a")), false));
    }

    @Test
    void customCallsAndThoseOfANamespaceBecomeFunctions() {
        List<Part> parts = parts(input("{'type':'custom_tool_call','call_id':'c1','name':'apply_patch','input':'*** Begin'},"
                + "{'type':'custom_tool_call_output','call_id':'c1','output':'ok'},"
                + "{'type':'function_call','call_id':'c2','namespace':'agents','name':'close','arguments':'{}'},"
                + "{'type':'local_shell_call','call_id':'c3','id':'x','status':'completed','action':{'type':'exec','command':['ls']}}"));

        assertThat(((Part.ToolCall) parts.get(0)).arguments()).isEqualTo(Json.object("{\"input\":\"*** Begin\"}"));
        assertThat(((Part.ToolResult) parts.get(1)).name()).isEqualTo("apply_patch");
        assertThat(((Part.ToolCall) parts.get(2)).name()).isEqualTo("agents__close");
        assertThat(((Part.ToolCall) parts.get(3)).name()).isEqualTo("local_shell");
        assertThat(((Part.ToolCall) parts.get(3)).arguments().keySet()).containsExactly("action");
    }

    @Test
    void aToolThatWasFoundBySearchIsDeclaredWithoutTheNamespaceOfItsCall() {
        Conversation said = request("{'model':'m','tools':[{'type':'function','name':'f'},{'type':'namespace','name':'g','tools':"
                + "[{'type':'function','name':'g'}]}],'input':["
                + "{'type':'function_call','call_id':'a','namespace':'f','name':'f','arguments':'{}'},"
                + "{'type':'function_call','call_id':'b','namespace':'found','name':'f','arguments':'{}'},"
                + "{'type':'function_call','call_id':'c','namespace':'g','name':'g','arguments':'{}'},"
                + "{'type':'function_call','call_id':'d','namespace':'h','name':'h','arguments':'{}'},"
                + "{'type':'function_call','call_id':'e','namespace':'gone','name':'i','arguments':'{}'}]}").conversation();

        assertThat(parts(said)).extracting(part -> ((Part.ToolCall) part).name()).containsExactly("f", "f", "g__g", "h", "gone__i");
    }

    @Test
    void aForeignBlobIsListedAndGoesNowhere() {
        var read = request("{'model':'m','input':[{'role':'user','content':'hi'},"
                + "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAAAABopaque'}]}");

        assertThat(parts(read.conversation())).containsExactly(new Part.Text("hi"));
        assertThat(read.ignored()).containsExactly("input[].encrypted_content");
    }

    @Test
    void whatOtherHostsDidIsListed() {
        assertThat(request("{'model':'m','input':[{'role':'user','content':'hi'},{'type':'web_search_call','id':'ws_1'}]}").ignored())
                .containsExactly("input[].web_search_call");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'model':'m'}|input",
        "{'model':'m','input':5}|input",
        "{'model':'m','input':[5]}|input[0]",
        "{'model':'m','input':[{'type':'dance'}]}|input[0].type",
        "{'model':'m','input':[{'role':'king','content':'x'}]}|input[0].role",
        "{'model':'m','input':[{'role':'user','content':[{'type':'smell'}]}]}|input[0].content[0].type",
        "{'model':'m','input':[{'type':'function_call','call_id':'a','name':''}]}|input[0].name",
        "{'model':'m','input':[{'type':'function_call_output','output':'x'}]}|input[0].call_id",
        "{'model':'m','input':[{'type':'image_generation_call','result':'?!'}]}|input[0].result",
        "{'model':'m','input':[{'type':'item_reference','id':'msg_1'}]}|input[0].id"})
    void whatCannotBeUnderstoodIsNamed(String body, String field) {
        assertThat(refusal(body).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{'input':'x'}", "{'model':'','input':'x'}", "{'model':'m','stream':'yes','input':'x'}",
        "{'model':'m','input':'x','input':'y'}", "{'model':'m','input':'x'", "nonsense"})
    void hostileBodiesAreRefused(String body) {
        assertThat(refusal(body)).isNotNull();
    }
}
