package dev.hydra.dialect.gemini;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.Seal;
import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One candidate of a reply as Gemini writes it: parts as they become whole; finish reason, sources and log probabilities with the last of them. */
final class CandidateWriter {
    private final int index;
    private final List<JsonObject> parts = new ArrayList<>();
    private final StringBuilder visible = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private final List<ReplyEvent.Cited> sources = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private Optional<ReplyEvent.CallStarted> open = Optional.empty();
    private Optional<ReplyEvent.Finished> end = Optional.empty();

    CandidateWriter(int index) {
        this.index = index;
    }

    /** Whether there is something to send. */
    boolean hasParts() {
        return !parts.isEmpty();
    }

    boolean isFinished() {
        return end.isPresent();
    }

    void text(String text, boolean thought, Seal seal) {
        closeCall();
        if (!thought) {
            visible.append(text);
        }
        if (!text.isEmpty() || seal.isPresent()) {
            append(text, thought, seal);
        }
    }

    /** Joins a text to the one before it when they are of one kind and the earlier one is not sealed. */
    private void append(String text, boolean thought, Seal seal) {
        String joined = text;
        JsonObject last = parts.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : parts.getLast();
        if (last.get("text") instanceof JsonString before && last.containsKey("thought") == thought
                && !last.containsKey("thoughtSignature")) {
            parts.removeLast();
            joined = before.getString() + text;
        }
        JsonObjectBuilder part = Json.objectBuilder().add("text", joined);
        if (thought) {
            part.add("thought", true);
        }
        parts.add(sealed(part, seal));
    }

    void call(ReplyEvent.CallStarted call) {
        closeCall();
        open = Optional.of(call);
    }

    void arguments(ReplyEvent.CallArguments more) {
        if (open.isPresent() && open.get().call() == more.call()) {
            arguments.append(more.json());
        }
    }

    private void closeCall() {
        open.ifPresent(call -> {
            JsonObjectBuilder function = Json.objectBuilder().add("id", call.id()).add("name", call.name()).add("args", complete());
            parts.add(sealed(Json.objectBuilder().add("functionCall", function), call.seal()));
            arguments.setLength(0);
        });
        open = Optional.empty();
    }

    /** Gemini's arguments are an object; what the model wrote instead is kept under a name of its own. */
    private JsonObject complete() {
        String text = arguments.toString();
        if (text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try {
            return Json.object(text);
        } catch (JsonException broken) {
            return Json.objectBuilder().add("input", text).build();
        }
    }

    void media(ReplyEvent.MediaMade media) {
        closeCall();
        parts.add(sealed(Json.objectBuilder().add("inlineData",
                Json.objectBuilder().add("mimeType", media.mimeType()).add("data", media.base64())), media.seal()));
    }

    void foreign(ReplyEvent.ForeignMade foreign) {
        closeCall();
        if (foreign.part().dialect().equals(GeminiDialect.ID)) {
            parts.add(sealed(Json.objectBuilder(foreign.part().json()), foreign.seal()));
        }
    }

    void cited(ReplyEvent.Cited source) {
        sources.add(source);
    }

    void logprobs(List<TokenLogprob> tokens) {
        logprobs.addAll(tokens);
    }

    void finished(ReplyEvent.Finished finished) {
        closeCall();
        end = Optional.of(finished);
    }

    /** What has come since the last time. @param last whether it ends the candidate */
    JsonObject take(boolean last) {
        JsonArrayBuilder list = Json.arrayBuilder();
        parts.forEach(list::add);
        parts.clear();
        JsonObjectBuilder candidate = Json.objectBuilder().add("content", Json.objectBuilder().add("parts", list).add("role", "model"));
        if (last) {
            end.ifPresent(finished -> {
                candidate.add("finishReason", FinishReasons.nameOf(finished.reason()));
                if (!finished.message().isEmpty()) {
                    candidate.add("finishMessage", finished.message());
                }
            });
            if (!sources.isEmpty()) {
                candidate.add("groundingMetadata", grounding());
            }
            if (!logprobs.isEmpty()) {
                candidate.add("logprobsResult", probabilities());
            }
        }
        return candidate.add("index", index).build();
    }

    private static JsonObject sealed(JsonObjectBuilder part, Seal seal) {
        return Seal.GEMINI.equals(seal.origin()) && seal.isPresent() ? part.add("thoughtSignature", seal.value()).build() : part.build();
    }

    private JsonObject grounding() {
        JsonArrayBuilder chunks = Json.arrayBuilder();
        JsonArrayBuilder supports = Json.arrayBuilder();
        String text = visible.toString();
        for (int i = 0; i < sources.size(); i++) {
            ReplyEvent.Cited source = sources.get(i);
            chunks.add(Json.objectBuilder().add("web", Json.objectBuilder().add("uri", source.uri()).add("title", source.title())));
            if (source.end() > source.start()) {
                supports.add(Json.objectBuilder().add("segment", segment(text, source)).add("groundingChunkIndices",
                        Json.arrayBuilder().add(i)));
            }
        }
        return Json.objectBuilder().add("groundingChunks", chunks).add("groundingSupports", supports).build();
    }

    /** Gemini counts bytes (spec mapping §2). */
    private static JsonObjectBuilder segment(String text, ReplyEvent.Cited source) {
        int length = text.codePointCount(0, text.length());
        int start = text.offsetByCodePoints(0, Math.min(source.start(), length));
        int stop = text.offsetByCodePoints(0, Math.min(source.end(), length));
        String cited = text.substring(start, stop);
        int from = utf8(text.substring(0, start));
        return Json.objectBuilder().add("startIndex", from).add("endIndex", from + utf8(cited)).add("text", cited);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private JsonObject probabilities() {
        JsonArrayBuilder chosen = Json.arrayBuilder();
        JsonArrayBuilder top = Json.arrayBuilder();
        for (TokenLogprob token : logprobs) {
            chosen.add(probability(token));
            JsonArrayBuilder others = Json.arrayBuilder();
            token.alternatives().forEach(other -> others.add(probability(other)));
            top.add(Json.objectBuilder().add("candidates", others));
        }
        return Json.objectBuilder().add("chosenCandidates", chosen).add("topCandidates", top).build();
    }

    private static JsonObjectBuilder probability(TokenLogprob token) {
        return Json.objectBuilder().add("token", token.token()).add("logProbability", token.logprob());
    }
}
