package dev.hydra.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.dialect.Archive.Kept;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class StoredResponseTest {
    private static Kept kept(String input) {
        return new Kept("resp_x", "", Json.value(input.replace('\'', '"')), JsonValue.EMPTY_JSON_OBJECT, JsonValue.NULL, 1);
    }

    @Test
    void aTextIsOneMessageInItsLongForm() {
        assertThat(StoredResponse.inputItems(kept("'hi'"), null, null, null))
                .hasToString("{\"object\":\"list\",\"data\":[{\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}],\"id\":\"msg_x_in0\",\"type\":\"message\"}],\"has_more\":false,"
                        + "\"first_id\":\"msg_x_in0\",\"last_id\":\"msg_x_in0\"}");
    }

    @Test
    void itemsComeInPagesNewestFirstUnlessAskedOtherwise() {
        Kept three = kept("[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'id':'own','type':'function_call'}]");

        JsonObject first = StoredResponse.inputItems(three, null, null, "2");
        assertThat(first.getJsonArray("data")).extracting(item -> item.asJsonObject().getString("id")).containsExactly("own", "msg_x_in1");
        assertThat(first.getBoolean("has_more")).isTrue();
        JsonObject rest = StoredResponse.inputItems(three, null, first.getString("last_id"), "2");
        assertThat(rest.getJsonArray("data")).extracting(item -> item.asJsonObject().getString("id")).containsExactly("msg_x_in0");
        assertThat(rest.getBoolean("has_more")).isFalse();
        assertThat(StoredResponse.inputItems(three, "asc", null, "many").getString("first_id")).isEqualTo("msg_x_in0");
        assertThat(StoredResponse.inputItems(three, "asc", "own", null).get("first_id")).isEqualTo(JsonValue.NULL);
    }
}
