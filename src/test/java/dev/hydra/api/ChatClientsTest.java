package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Tool;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChatClientsTest {
    private final ChatClients clients = new ChatClients(new ChatDialect(), new ResponsesDialect());

    private ClientRequest read(String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        clients.peek(bytes);
        return clients.read(bytes);
    }

    @Test
    void aBodyOfResponsesIsUnderstoodAndAnsweredAsChat() throws IOException {
        ClientRequest request = read("{'model':'m','input':[{'role':'user','content':[{'type':'input_text','text':'hi'}]}],"
                + "'tools':[{'type':'function','name':'f','parameters':{'type':'object'}}],'stream_options':{'include_usage':true}}");
        ReplyWriter writer = request.stream(new ReplyHead("req_1", "m", Instant.EPOCH));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(new TextDelta(0, "Hello", Seal.NONE), out);
        writer.write(new Finished(0, FinishReason.STOP, ""), out);
        writer.end(out);

        assertThat(request.conversation().turns().getFirst().parts()).containsExactly(new Part.Text("hi"));
        assertThat(request.conversation().tools()).singleElement().isInstanceOf(Tool.Function.class);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("chat.completion.chunk", "\"content\":\"Hello\"", "\"usage\":{",
                "[DONE]");
    }

    @Test
    void allElseIsChat() {
        assertThat(read("{'model':'m','messages':[{'role':'user','content':'hi'}]}").conversation().turns()).hasSize(1);
        assertThatThrownBy(() -> read("{'model':'m'}")).isInstanceOfSatisfying(InvalidRequest.class,
                wrong -> assertThat(wrong.field()).isEqualTo("messages"));
        assertThatThrownBy(() -> read("{'model':'m','messages':'x','input':'y'}")).isInstanceOfSatisfying(InvalidRequest.class,
                wrong -> assertThat(wrong.field()).isEqualTo("messages"));
        assertThatThrownBy(() -> read("{'model':'m','input':5}")).isInstanceOfSatisfying(InvalidRequest.class,
                wrong -> assertThat(wrong.field()).isEqualTo("input"));
    }
}
