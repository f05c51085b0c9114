package dev.hydra.dialect.chat;

import static dev.hydra.dialect.chat.Chats.parts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Turn;
import dev.hydra.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatSealsTest {
    private static final Seal SEAL = Seal.gemini("c2ln");

    @ParameterizedTest
    @ValueSource(strings = {"'extra_content':{'google':{'thought_signature':'c2ln'}}",
        "'extra_content':{'vertex':{'thought_signature':'c2ln'}}",
        "'thought_signature':'c2ln'", "'thoughtSignature':'c2ln'", "'provider_specific_fields':{'thought_signature':'c2ln'}"})
    void aCallsSignatureIsFoundInEveryPlace(String place) {
        Part onCall = parts("{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'}," + place + "}]}").getFirst();
        assertThat(onCall).extracting("seal").isEqualTo(SEAL);
        Part onFunction = parts("{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'," + place + "}}]}").getFirst();
        assertThat(onFunction).extracting("seal").isEqualTo(SEAL);
    }

    @Test
    void openRouterKeepsItBesideTheCalls() {
        String message = "{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f'}},{'id':'d','function':{'name':'f'}}],"
                + "'reasoning_details':[{'type':'reasoning.encrypted','id':'c','data':'c2ln'%s}]}";
        assertThat(parts(message.formatted(""))).extracting("seal").containsExactly(SEAL, Seal.NONE);
        assertThat(parts(message.formatted(",'format':'google-gemini-v1'"))).extracting("seal").containsExactly(SEAL, Seal.NONE);
        assertThat(parts(message.formatted(",'format':'anthropic-claude-v1'"))).extracting("seal").containsExactly(Seal.NONE, Seal.NONE);
    }

    @Test
    void suffixesOfOtherGatewaysLeaveTheIds() {
        List<Turn> turns = Chats.messages("""
                {'role':'assistant','tool_calls':[{'id':'call_1__thought__c2ln','function':{'name':'f'}},
                {'id':'call_2__gts_0aff','function':{'name':'g'}}]},
                {'role':'tool','tool_call_id':'call_1__thought__c2ln','content':'1'},
                {'role':'tool','tool_call_id':'call_2__gts_0aff','content':'2'}""").turns();
        assertThat(turns.get(0).parts()).extracting("id").containsExactly("call_1", "call_2");
        assertThat(turns.get(0).parts()).extracting("seal").containsExactly(SEAL, Seal.NONE);
        assertThat(turns.get(1).parts()).extracting("callId", "name").containsExactly(tuple("call_1", "f"));
        assertThat(turns.get(2).parts()).extracting("callId", "name").containsExactly(tuple("call_2", "g"));
    }

    @Test
    void theMessagesOwnSignatureBelongsToItsText() {
        String extra = "'extra_content':{'google':{'thought_signature':'c2ln'}}";
        assertThat(parts("{'role':'assistant','content':'hi'," + extra + "}")).containsExactly(new Part.Text("hi", SEAL));
        assertThat(parts("{'role':'assistant','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]," + extra + "}"))
                .containsExactly(new Part.Text("a"), new Part.Text("b", SEAL));
        assertThat(parts("{'role':'assistant','content':null," + extra + "}")).containsExactly(new Part.Text("", SEAL));
    }

    @Test
    void theMessageOfALegacyCallHoldsTheCallsSignature() {
        assertThat(parts("{'role':'assistant','content':'hi','function_call':{'name':'f'},"
                + "'extra_content':{'google':{'thought_signature':'c2ln'}}}"))
                .extracting("seal").containsExactly(Seal.NONE, SEAL);
    }

    @Test
    void sealedThoughtsGoBackUnsealedOnesDoNot() {
        String message = "{'role':'assistant','content':'4','reasoning_content':'2+2',"
                + "'reasoning_details':[{'type':'reasoning.encrypted','data':'c2ln'%s}]}";
        assertThat(parts(message.formatted(",'format':'google-gemini-v1'"))).containsExactly(new Part.Thought("2+2", SEAL),
                new Part.Text("4"));
        assertThat(parts(message.formatted(""))).containsExactly(new Part.Text("4"));
        assertThat(parts(message.formatted(",'format':'unheard-of'"))).containsExactly(new Part.Text("4"));
        assertThat(parts(message.formatted(",'format':'openai-responses-v1'"))).as("kept for its own origin alone")
                .containsExactly(new Part.Thought("2+2", new Seal("responses", "c2ln")), new Part.Text("4"));
    }

    @Test
    void picturesOfTheModelGoBackWithTheirSignature() {
        Part picture = parts("""
                {'role':'assistant','content':'','images':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'},
                'extra_content':{'google':{'thought_signature':'c2ln'}}}]}""").getFirst();
        assertThat(picture).extracting("mimeType", "seal").containsExactly("image/png", SEAL);
    }

    @Test
    void partsOfTheProvidersOwnFormatGoBackAsTheyWere() {
        assertThat(parts("{'role':'assistant','content':'hi','extra_content':{'google':{'parts':[{'toolCall':{'id':'x'}}]}}}"))
                .containsExactly(new Part.Foreign("gemini", Json.object("{\"toolCall\":{\"id\":\"x\"}}")), new Part.Text("hi"));
    }
}
