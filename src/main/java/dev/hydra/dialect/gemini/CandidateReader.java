package dev.hydra.dialect.gemini;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Seal;
import dev.hydra.dialect.CallIds;
import dev.hydra.dialect.FunctionNames;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One candidate of a reply: its parts become events at once; citations and the finish reason wait for the end. */
final class CandidateReader {
    private static final String STOP = "STOP";

    private final int index;
    private final FunctionNames names;
    private final ArgumentTypes types;
    private final VisibleText text = new VisibleText();
    private final Citations citations = new Citations();
    private final Set<String> ids = new HashSet<>();
    private @Nullable PartialArguments open;
    private String openName = "";
    private int calls;
    private String reason = "";
    private String message = "";

    CandidateReader(int index, FunctionNames names, ArgumentTypes types) {
        this.index = index;
        this.names = names;
        this.types = types;
    }

    void read(JsonObject candidate, Consumer<? super ReplyEvent> events) {
        JsonArray parts = Members.array(Members.object(candidate, "content"), "parts");
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof JsonObject part) {
                part(part, i == 0, events);
            }
        }
        finish(candidate);
        citations.read(candidate);
        JsonObject logprobs = Members.object(candidate, "logprobsResult");
        if (!logprobs.isEmpty()) {
            logprobs(logprobs, events);
        }
    }

    void end(Consumer<? super ReplyEvent> events) {
        closeCall(events);
        citations.of(index, text).forEach(events);
        if (!reason.isEmpty()) {
            FinishReason finish = FinishReasons.of(reason);
            boolean explains = message.isEmpty() && finish != FinishReason.STOP && finish != FinishReason.LENGTH;
            events.accept(new ReplyEvent.Finished(index, finish, explains ? reason : message));
        }
    }

    private void part(JsonObject part, boolean opens, Consumer<? super ReplyEvent> events) {
        Seal seal = Seal.gemini(Members.text(part, "thoughtSignature"));
        if (part.get("text") instanceof JsonString words) {
            text(words.getString(), Members.isTrue(part, "thought"), seal, opens, events);
        } else if (part.get("functionCall") instanceof JsonObject call) {
            text.other();
            call(call, seal, events);
        } else if (part.get("inlineData") instanceof JsonObject media) {
            text.other();
            String base64 = Members.text(media, "data");
            if (!base64.isEmpty() && !Members.isTrue(part, "thought")) { // a thought's draft is no answer
                events.accept(new ReplyEvent.MediaMade(index, Members.text(media, "mimeType"), base64, seal));
            }
        } else if (isSealOnly(part)) {
            if (seal.isPresent()) {
                events.accept(new ReplyEvent.TextDelta(index, "", seal));
            }
        } else {
            text.other();
            events.accept(new ReplyEvent.ForeignMade(index, new Part.Foreign(GeminiDialect.ID, part), seal));
        }
    }

    private static boolean isSealOnly(JsonObject part) {
        for (String name : part.keySet()) {
            if (!name.equals("thoughtSignature") && !name.equals("thought") && !name.equals("text") && !name.equals("functionCall")) {
                return false;
            }
        }
        return true;
    }

    private void text(String words, boolean thought, Seal seal, boolean opens, Consumer<? super ReplyEvent> events) {
        if (thought) {
            text.thought(opens);
        } else {
            text.text(words, opens);
        }
        if (words.isEmpty() && !seal.isPresent()) {
            return;
        }
        events.accept(thought ? new ReplyEvent.ThoughtDelta(index, words, seal) : new ReplyEvent.TextDelta(index, words, seal));
    }

    private void call(JsonObject call, Seal seal, Consumer<? super ReplyEvent> events) {
        String name = Members.text(call, "name");
        boolean goesOn = Members.isTrue(call, "willContinue");
        JsonArray pieces = Members.array(call, "partialArgs");
        if (!name.isEmpty()) {
            closeCall(events);
            openName = names.declared(name);
            events.accept(new ReplyEvent.CallStarted(index, calls, id(Members.text(call, "id")), openName, seal));
            JsonObject whole = Members.object(call, "args");
            if (!goesOn && pieces.isEmpty()) {
                arguments(whole, events);
                return;
            }
            open = new PartialArguments(whole);
        }
        if (open == null) {
            return; // a piece of no call
        }
        for (JsonValue piece : pieces) {
            if (piece instanceof JsonObject object) {
                open.add(object);
            }
        }
        if (!goesOn) {
            closeCall(events);
        }
    }

    private String id(String given) {
        String id = given.isEmpty() || !ids.add(given) ? CallIds.next() : given;
        ids.add(id);
        return id;
    }

    private void closeCall(Consumer<? super ReplyEvent> events) {
        if (open != null) {
            arguments(open.complete(), events);
            open = null;
        }
    }

    private void arguments(JsonObject arguments, Consumer<? super ReplyEvent> events) {
        events.accept(new ReplyEvent.CallArguments(index, calls++, types.typed(openName, arguments).toString()));
    }

    /** Old models repeat STOP on every message, and newer ones send it behind the true reason: it never replaces another. */
    private void finish(JsonObject candidate) {
        String given = FinishReasons.name(candidate.get("finishReason"));
        if (!given.isEmpty() && !(given.equals(STOP) && !reason.isEmpty())) {
            reason = given;
        }
        String explanation = Members.text(candidate, "finishMessage");
        if (!explanation.isEmpty()) {
            message = explanation;
        }
    }

    private void logprobs(JsonObject result, Consumer<? super ReplyEvent> events) {
        JsonArray chosen = Members.array(result, "chosenCandidates");
        JsonArray top = Members.array(result, "topCandidates");
        List<TokenLogprob> tokens = new ArrayList<>(chosen.size());
        for (int i = 0; i < chosen.size(); i++) {
            List<TokenLogprob> alternatives = new ArrayList<>();
            if (i < top.size() && top.get(i) instanceof JsonObject at) {
                Members.array(at, "candidates").forEach(other -> alternatives.add(token(other, List.of())));
            }
            tokens.add(token(chosen.get(i), alternatives));
        }
        if (!tokens.isEmpty()) {
            events.accept(new ReplyEvent.Logprobs(index, tokens));
        }
    }

    private static TokenLogprob token(JsonValue token, List<TokenLogprob> alternatives) {
        return token instanceof JsonObject object
                ? new TokenLogprob(Members.text(object, "token"), Members.real(object, "logProbability"), alternatives)
                : new TokenLogprob("", 0, alternatives);
    }
}
