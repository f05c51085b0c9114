package dev.hydra.dialect.messages;

import dev.hydra.conversation.Seal;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Code that Gemini ran, in the blocks that Anthropic has for its own code execution; other parts of Gemini's own format as carried values. */
final class HostedCode {
    static final String NAME = "code_execution";
    private static final String SUCCESS = "OUTCOME_OK";

    private String id = newId();

    static boolean isRun(JsonObject part) {
        return part.get("executableCode") instanceof JsonObject;
    }

    static boolean isResult(JsonObject part) {
        return part.get("codeExecutionResult") instanceof JsonObject;
    }

    /** @return the id of a new run */
    String began() {
        id = newId();
        return id;
    }

    /** The arguments of a run, as JSON. */
    static String input(JsonObject part) {
        return Json.objectBuilder().add("code", part.getJsonObject("executableCode").getString("code", "")).build().toString();
    }

    /** The result block of the latest run. */
    JsonObject result(JsonObject part) {
        JsonObject result = part.getJsonObject("codeExecutionResult");
        boolean good = result.getString("outcome", SUCCESS).equals(SUCCESS);
        String output = result.getString("output", "");
        return Json.objectBuilder().add("type", "code_execution_tool_result").add("tool_use_id", id)
                .add("content", Json.objectBuilder().add("type", "code_execution_result").add("stdout", good ? output : "")
                        .add("stderr", good ? "" : output).add("return_code", good ? 0 : 1).add("content", Json.arrayBuilder()))
                .build();
    }

    /** A part that must come back as it is, with its signature in it, as a value for a {@link Carrier}. */
    static Seal carried(JsonObject part, Seal seal) {
        boolean sealed = seal.isPresent() && seal.origin().equals(Seal.GEMINI);
        JsonObject whole = sealed ? Json.objectBuilder(part).add("thoughtSignature", seal.value()).build() : part;
        return new Seal(Seal.GEMINI, Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(whole)));
    }

    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "srvtoolu_" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    }
}
