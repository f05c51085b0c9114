package dev.hydra.dialect.gemini;

import static dev.hydra.dialect.gemini.Talks.V25;
import static dev.hydra.dialect.gemini.Talks.V3;
import static dev.hydra.dialect.gemini.Talks.body;
import static dev.hydra.dialect.gemini.Talks.call;
import static dev.hydra.dialect.gemini.Talks.ignored;
import static dev.hydra.dialect.gemini.Talks.image;
import static dev.hydra.dialect.gemini.Talks.json;
import static dev.hydra.dialect.gemini.Talks.model;
import static dev.hydra.dialect.gemini.Talks.result;
import static dev.hydra.dialect.gemini.Talks.signed;
import static dev.hydra.dialect.gemini.Talks.talk;
import static dev.hydra.dialect.gemini.Talks.text;
import static dev.hydra.dialect.gemini.Talks.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.ToolChoice;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.InvalidRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TurnGrammarTest {
    private static JsonArray contents(String model, Turn... turns) {
        return body(talk(turns), model).getJsonArray("contents");
    }

    private static String shape(JsonArray contents) {
        StringBuilder shape = new StringBuilder();
        for (JsonObject content : contents.getValuesAs(JsonObject.class)) {
            shape.append(shape.isEmpty() ? "" : " ").append(content.getString("role"));
            for (JsonObject part : content.getJsonArray("parts").getValuesAs(JsonObject.class)) {
                String kind = part.keySet().iterator().next();
                JsonObject inner = Members.object(part, kind);
                String word = kind.equals("functionCall") ? "call " + inner.getString("name")
                        : kind.equals("functionResponse") ? "answer " + inner.getString("name") : kind;
                shape.append('[').append(word).append(']');
            }
        }
        return shape.toString();
    }

    @Test
    void neighboursOfOneRoleBecomeOneContent() {
        assertThat(shape(contents(V3, user("a"), user("b"), model(text("c")), model(text("d")), user("e"))))
                .isEqualTo("user[text][text] model[text][text] user[text]");
    }

    @Test
    void emptyTurnsAndTextsAreLeftOut() {
        assertThat(contents(V3, user("a"), model(text("")), model(), user(text(""), text("b"))))
                .isEqualTo(json("{'c':[{'role':'user','parts':[{'text':'a'},{'text':'b'}]}]}").getJsonArray("c"));
    }

    @Test
    void anEmptyTextWithItsOwnSignatureStays() {
        Turn sealed = model(text("done"), new Part.Text("", Seal.gemini("c2ln")));
        assertThat(contents(V3, user("a"), sealed).getJsonObject(1))
                .isEqualTo(json("{'role':'model','parts':[{'text':'done'},{'text':'','thoughtSignature':'c2ln'}]}"));
    }

    @Test
    void foreignSealsAndUnsignedThoughtsStayHome() {
        Turn foreign = model(new Part.Thought("hm", new Seal("anthropic", "abcd")), new Part.Thought("hm", Seal.NONE),
                new Part.Text("hello", new Seal("openai", "abcd")));
        assertThat(contents(V3, user("a"), foreign).getJsonObject(1)).isEqualTo(json("{'role':'model','parts':[{'text':'hello'}]}"));
    }

    @Test
    void aThoughtGoesBackWithItsOwnSignature() {
        Turn thought = model(new Part.Thought("hm", Seal.gemini("c2ln")), text("x"));
        assertThat(contents(V3, user("a"), thought).getJsonObject(1).getJsonArray("parts").getJsonObject(0))
                .isEqualTo(json("{'text':'hm','thought':true,'thoughtSignature':'c2ln'}"));
    }

    @Test
    void defect10ParallelResultsShareOneContentInCallOrder() {
        assertThat(shape(contents(V3, user("a"), model(call("1", "f"), call("2", "g")), user(result("2", "two")), user(result("1", "one")),
                user("next")))).isEqualTo("user[text] model[call f][call g] user[answer f][answer g][text]");
    }

    @Test
    void resultsThatComeLateMoveBehindTheirCall() {
        assertThat(shape(contents(V3, user("a"), model(call("1", "f")), user("wait"), model(text("ok")), user(result("1", "one")))))
                .isEqualTo("user[text] model[call f] user[answer f][text] model[text]");
    }

    @Test
    void aStepLoggedCallByCallIsRejoined() {
        Turn[] torn = {user("a"), model(signed("1", "f", "c2ln")), user(result("1", "one")), model(call("2", "g")), user(result("2",
                "two"))};
        assertThat(shape(contents(V3, torn))).isEqualTo("user[text] model[call f][call g] user[answer f][answer g]");
        assertThat(shape(contents(V25, torn))).as("before Gemini 3 later steps may be unsigned")
                .isEqualTo("user[text] model[call f] user[answer f] model[call g] user[answer g]");
    }

    @Test
    void stepsThatAreEachSignedStayApart() {
        assertThat(shape(contents(V3, user("a"), model(signed("1", "f", "c2ln")), user(result("1", "one")), model(signed("2", "g", "c2ln")),
                user(result("2", "two"))))).isEqualTo("user[text] model[call f] user[answer f] model[call g] user[answer g]");
    }

    @Test
    void missingResultsAreFilledIn() {
        JsonArray contents = contents(V3, user("a"), model(call("1", "f"), call("2", "g")), user(result("2", "two")));
        assertThat(contents.getJsonObject(2)).isEqualTo(json("{'role':'user','parts':["
                + "{'functionResponse':{'id':'1','name':'f','response':{'error':'no result supplied'}}},"
                + "{'functionResponse':{'id':'2','name':'g','response':{'output':'two'}}}]}"));
    }

    @Test
    void aResultOfAnUnknownCallIsToldAsText() {
        assertThat(contents(V3, user("a"), user(result("9", "nine"))).getJsonObject(0)).isEqualTo(json(
                "{'role':'user','parts':[{'text':'a'},{'text':'[tool result for unknown call 9]'},{'text':'nine'}]}"));
    }

    @Test
    void aHistoryThatBeginsWithACallGetsAUserTurnBeforeIt() {
        assertThat(contents(V25, model(call("1", "f")), user(result("1", "x"))).getJsonObject(0))
                .isEqualTo(json("{'role':'user','parts':[{'text':' '}]}"));
    }

    @Test
    void unansweredCallsAtTheEndGoAndTheirTextStays() {
        Conversation talk = talk(user("a"), model(text("let me see"), call("1", "f")));
        assertThat(shape(body(talk, V3).getJsonArray("contents"))).isEqualTo("user[text] model[text]");
        assertThat(ignored(talk, V3)).containsExactly("tool_calls");
    }

    @Test
    void aPrefillIsKept() {
        assertThat(shape(contents(V3, user("a"), model(text("Sure:"))))).isEqualTo("user[text] model[text]");
    }

    @Test
    void onlySystemMessagesBecomeTheUsersWords() {
        Conversation talk = new Conversation(List.of(text("be brief")), List.of(), List.of(), ToolChoice.UNSET, Options.UNSET);
        assertThat(body(talk, V3)).isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'be brief'}]}]}"));
    }

    @Test
    void gemmaHearsTheSystemInTheFirstUserTurn() {
        Conversation talk = new Conversation(List.of(text("be brief")), List.of(user("hi")), List.of(), ToolChoice.UNSET, Options.UNSET);
        assertThat(body(talk, "gemma-3-27b-it"))
                .isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'be brief'},{'text':'hi'}]}]}"));
        assertThat(body(talk, V3).getJsonObject("systemInstruction")).isEqualTo(json("{'parts':[{'text':'be brief'}]}"));
    }

    @Test
    void nothingAtAllIsRefusedAndNothingSaidIsNot() {
        assertThatThrownBy(() -> body(talk(), V3)).isInstanceOfSatisfying(InvalidRequest.class,
                refused -> assertThat(refused.field()).isEqualTo("messages"));
        assertThat(contents(V3, user(""))).isEqualTo(json("{'c':[{'role':'user','parts':[{'text':' '}]}]}").getJsonArray("c"));
    }

    @Test
    void idsThatRepeatGoToTheNearestCallBefore() {
        JsonArray contents = contents(V3, user("a"), model(call("call_0", "f")), user(result("call_0", "one")), model(call("call_0", "g")),
                user(result("call_0", "two")));
        assertThat(contents.getJsonObject(2).toString()).contains("one").contains("\"f\"");
        assertThat(contents.getJsonObject(4).toString()).contains("two").contains("\"g\"");
    }

    @Test
    void defect8CallsOfOneStepThatShareAnIdArePairedByOrder() {
        JsonArray contents = contents(V3, user("a"), model(call("call_0", "f"), call("call_0", "f")),
                user(result("call_0", "one"), result("call_0", "two")));
        assertThat(contents.getJsonObject(2)).isEqualTo(json("{'role':'user','parts':["
                + "{'functionResponse':{'name':'f','response':{'output':'one'}}},{'functionResponse':{'name':'f','response':{'output"
                + "':'two'}}}]}"));
        assertThat(contents.getJsonObject(1).toString()).doesNotContain("call_0");
    }

    @Test
    void aResultWithoutIdGoesByName() {
        Part byName = new Part.ToolResult("", "g", List.of(text("G")), false);
        Part other = new Part.ToolResult("", "f", List.of(text("F")), false);
        assertThat(contents(V3, user("a"), model(call("", "f"), call("", "g")), user(byName, other)).getJsonObject(2)).isEqualTo(json(
                "{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'F'}}},"
                        + "{'functionResponse':{'name':'g','response':{'output':'G'}}}]}"));
    }

    @Test
    void defect1CallsOfTheCurrentTurnAreSignedOrGetThePlaceholder() {
        JsonArray contents = contents(V3, user("old"), model(call("0", "f")), user(result("0", "x")), model(text("done")), user("new"),
                model(call("1", "f"), call("2", "g")), user(result("1", "x"), result("2", "y")), model(signed("3", "f", "c2ln")),
                user(result("3", "z")));
        assertThat(contents.getJsonObject(1).toString()).as("an earlier turn").doesNotContain("thoughtSignature");
        JsonArray step = contents.getJsonObject(5).getJsonArray("parts");
        assertThat(step.getJsonObject(0).getString("thoughtSignature")).isEqualTo("skip_thought_signature_validator");
        assertThat(step.getJsonObject(1)).doesNotContainKey("thoughtSignature");
        assertThat(contents.getJsonObject(7).getJsonArray("parts").getJsonObject(0).getString("thoughtSignature")).isEqualTo("c2ln");
    }

    @Test
    void aModelThatNobodyKnowsNeedsSignaturesAndGemini25DoesNot() {
        Turn[] turns = {user("a"), model(call("1", "f")), user(result("1", "x"))};
        assertThat(contents("gemini-4-hydrogen", turns).toString()).contains("skip_thought_signature_validator");
        assertThat(contents(V25, turns).toString()).doesNotContain("thoughtSignature");
        Turn[] placeholder = {user("a"), model(signed("1", "f", "skip_thought_signature_validator")), user(result("1", "x"))};
        assertThat(contents(V25, placeholder).toString()).doesNotContain("thoughtSignature");
    }

    @Test
    void aSealThatIsNoBase64IsNotSent() {
        assertThat(contents(V25, user("a"), model(signed("1", "f", "not base64!")), user(result("1", "x"))).toString())
                .doesNotContain("thoughtSignature");
    }

    @Test
    void foreignPartsGoToTheirOwnFormatOnly() {
        JsonObject code = json("{'executableCode':{'language':'PYTHON','code':'1'},'thoughtSignature':'c2ln'}");
        Conversation talk = talk(user("a"), model(new Part.Foreign("gemini", code), new Part.Foreign("messages", json("{'x':1}"))));
        assertThat(body(talk, V3).getJsonArray("contents").getJsonObject(1).getJsonArray("parts")).hasSize(1).contains(code);
        assertThat(ignored(talk, V3)).containsExactly("messages.content");
    }

    /** Messages in any order, with ids that repeat or point nowhere, come out in a grammar that Gemini takes. */
    @Property(tries = 400)
    void anyOrderGivesAValidGrammar(@ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(min = 1, max = 12) int size) {
        Random random = new Random(seed);
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            turns.add(random.nextBoolean() ? user(parts(random)) : model(parts(random)));
        }
        Collections.shuffle(turns, random);
        for (String model : List.of(V25, V3)) {
            assertGrammar(body(talk(turns.toArray(Turn[]::new)), model).getJsonArray("contents"), model.equals(V3));
        }
    }

    private static Part[] parts(Random random) {
        Part[] parts = new Part[random.nextInt(4)];
        for (int i = 0; i < parts.length; i++) {
            String id = "c" + random.nextInt(5);
            parts[i] = switch (random.nextInt(8)) {
                case 0, 1 -> text(random.nextInt(4) == 0 ? "" : "t" + i);
                case 2, 3 -> random.nextBoolean() ? call(id, "f" + random.nextInt(3)) : signed(id, "f" + random.nextInt(3), "c2ln");
                case 4, 5 -> result(random.nextInt(6) == 0 ? "" : id, "r");
                case 6 -> image("image/png", "");
                default -> new Part.Thought("hm", random.nextBoolean() ? Seal.NONE : Seal.gemini("c2ln"));
            };
        }
        return parts;
    }

    private static void assertGrammar(JsonArray contents, boolean signs) {
        assertThat(contents).isNotEmpty();
        String before = "";
        List<String> due = List.of();
        boolean current = true;
        for (JsonObject content : contents.getValuesAs(JsonObject.class)) {
            String role = content.getString("role");
            assertThat(role).isNotEqualTo(before);
            List<String> calls = new ArrayList<>();
            List<String> answers = new ArrayList<>();
            assertThat(content.getJsonArray("parts")).isNotEmpty();
            boolean responsesFirst = true;
            for (JsonObject part : content.getJsonArray("parts").getValuesAs(JsonObject.class)) {
                assertThat(part.containsKey("text") && part.getString("text").isEmpty() && !part.containsKey("thoughtSignature")).isFalse();
                if (part.containsKey("functionCall")) {
                    calls.add(pair(part.getJsonObject("functionCall")));
                } else if (part.containsKey("functionResponse")) {
                    assertThat(responsesFirst).isTrue();
                    answers.add(pair(part.getJsonObject("functionResponse")));
                } else {
                    responsesFirst = false;
                }
            }
            assertThat(role.equals("model") ? answers : calls).isEmpty();
            assertThat(answers).isEqualTo(due);
            assertThat(calls.isEmpty() || !before.isEmpty()).as("a call needs a turn before it").isTrue();
            due = calls;
            before = role;
        }
        assertThat(due).as("unanswered calls at the end").isEmpty();
        for (int i = contents.size() - 1; i >= 0 && signs && current; i--) {
            current = signedOrAnswers(contents.getJsonObject(i));
        }
    }

    /** Checks a model's step of the current turn; false at the user's words that begin it. */
    private static boolean signedOrAnswers(JsonObject content) {
        Set<String> kinds = new HashSet<>();
        for (JsonObject part : content.getJsonArray("parts").getValuesAs(JsonObject.class)) {
            if (part.containsKey("functionCall") && kinds.add("functionCall")) {
                assertThat(part).containsKey("thoughtSignature");
            }
            kinds.addAll(part.keySet());
        }
        return content.getString("role").equals("model") || kinds.contains("functionResponse");
    }

    private static String pair(JsonObject callOrResponse) {
        return callOrResponse.getString("id", "-") + "/" + callOrResponse.getString("name");
    }
}
