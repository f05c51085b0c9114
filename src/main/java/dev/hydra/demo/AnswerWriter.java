package dev.hydra.demo;

import dev.hydra.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes answers as GenerateContentResponse. By hand instead of with a JSON generator: this is the benchmark's provider, and its
 * cost must not hide the gateway's.
 */
final class AnswerWriter {
    /** Writes one JSON value. */
    interface Payload {
        void write(ByteBuilder out);
    }

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final String modelVersion;
    private final String responseId;
    private final Answer.Input input;

    AnswerWriter(String modelVersion, String responseId, Answer.Input input) {
        this.modelVersion = modelVersion;
        this.responseId = responseId;
        this.input = input;
    }

    /** All candidates in one response. */
    Payload whole(List<Answer> answers) {
        return out -> {
            out.add("{\"candidates\":[");
            int tokens = 0;
            for (int i = 0; i < answers.size(); i++) {
                Answer answer = answers.get(i);
                out.add(i == 0 ? "{\"content\":{" : ",{\"content\":{");
                parts(out, joined(answer.pieces()), answer.signature());
                finish(out, answer, i);
                tokens += answer.tokens();
            }
            end(out, tokens, answers.getFirst().thoughtTokens());
        };
    }

    /** One response for each piece; several candidates take turns, and usage adds up. */
    List<Payload> stream(List<Answer> answers) {
        List<Payload> events = new ArrayList<>();
        int tokens = 0;
        boolean more = true;
        for (int step = 0; more; step++) {
            more = false;
            for (int i = 0; i < answers.size(); i++) {
                Answer answer = answers.get(i);
                int size = answer.pieces().size();
                boolean ownEnd = size == 0 || answer.signature().isPresent();
                int last = ownEnd ? size : size - 1;
                if (step <= last) {
                    Optional<Answer.Piece> piece = step < size ? Optional.of(answer.pieces().get(step)) : Optional.empty();
                    tokens += piece.map(Answer.Piece::tokens).orElse(0);
                    events.add(event(answer, i, piece, step == last, tokens));
                    more |= step < last;
                }
            }
        }
        return events;
    }

    private Payload event(Answer answer, int index, Optional<Answer.Piece> piece, boolean last, int tokens) {
        return out -> {
            out.add("{\"candidates\":[{\"content\":{");
            if (piece.isPresent()) {
                parts(out, List.of(piece.get()), Optional.empty());
            } else if (answer.signature().isPresent()) {
                parts(out, List.of(new Answer.Text("", 0)), answer.signature());
            } else {
                out.add("\"role\":\"model\"");
            }
            if (last) {
                finish(out, answer, index);
            } else {
                out.add("},\"index\":").add(Integer.toString(index)).add("}");
            }
            end(out, tokens, tokens == 0 && !last ? 0 : answer.thoughtTokens());
        };
    }

    private static List<Answer.Piece> joined(List<Answer.Piece> pieces) {
        List<Answer.Piece> joined = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Answer.Piece piece : pieces) {
            if (piece instanceof Answer.Text part) {
                text.append(part.text());
            } else {
                joined.add(piece);
            }
        }
        if (!text.isEmpty()) {
            joined.add(new Answer.Text(text.toString(), 0));
        }
        return joined;
    }

    private static void parts(ByteBuilder out, List<Answer.Piece> pieces, Optional<String> signature) {
        if (pieces.isEmpty()) {
            out.add("\"role\":\"model\"");
            return;
        }
        out.add("\"parts\":[");
        for (int i = 0; i < pieces.size(); i++) {
            out.add(i == 0 ? "{" : ",{");
            switch (pieces.get(i)) {
                case Answer.Text text -> {
                    out.add("\"text\":");
                    string(out, text.text());
                    signature(out, signature);
                }
                case Answer.Thought thought -> {
                    out.add("\"text\":");
                    string(out, thought.text());
                    out.add(",\"thought\":true");
                }
                case Answer.Call call -> call(out, call);
                case Answer.Made made -> out.add("\"inlineData\":{\"mimeType\":\"").add(made.mimeType()).add("\",\"data\":\"")
                        .add(made.data()).add("\"}");
            }
            out.add("}");
        }
        out.add("],\"role\":\"model\"");
    }

    private static void call(ByteBuilder out, Answer.Call call) {
        out.add("\"functionCall\":{\"name\":");
        string(out, call.name());
        out.add(",\"args\":").add(Json.bytes(call.args()));
        if (call.id().isPresent()) {
            out.add(",\"id\":\"").add(call.id().get()).add("\"");
        }
        out.add("}");
        signature(out, call.signature());
    }

    private static void signature(ByteBuilder out, Optional<String> signature) {
        if (signature.isPresent()) {
            out.add(",\"thoughtSignature\":\"").add(signature.get()).add("\"");
        }
    }

    private static void finish(ByteBuilder out, Answer answer, int index) {
        out.add("},\"finishReason\":\"").add(answer.finishReason()).add("\",\"index\":").add(Integer.toString(index));
        if (!answer.finishMessage().isEmpty()) {
            out.add(",\"finishMessage\":");
            string(out, answer.finishMessage());
        }
        out.add("}");
    }

    private void end(ByteBuilder out, int tokens, int thoughts) {
        out.add("],\"usageMetadata\":{\"promptTokenCount\":").add(Integer.toString(input.total()));
        if (tokens > 0) {
            out.add(",\"candidatesTokenCount\":").add(Integer.toString(tokens));
        }
        out.add(",\"totalTokenCount\":").add(Integer.toString(input.total() + tokens + thoughts)).add(",\"promptTokensDetails\":");
        modalities(out, input.modalities());
        if (thoughts > 0) {
            out.add(",\"thoughtsTokenCount\":").add(Integer.toString(thoughts));
        }
        out.add(",\"serviceTier\":\"standard\"},\"modelVersion\":");
        string(out, modelVersion);
        out.add(",\"responseId\":\"").add(responseId).add("\"}");
    }

    static void modalities(ByteBuilder out, Map<String, Integer> modalities) {
        String separator = "[{\"modality\":\"";
        for (Map.Entry<String, Integer> entry : modalities.entrySet()) {
            out.add(separator).add(entry.getKey()).add("\",\"tokenCount\":").add(entry.getValue().toString()).add("}");
            separator = ",{\"modality\":\"";
        }
        out.add("]");
    }

    static void string(ByteBuilder out, String text) {
        out.write('"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                out.write('\\');
                out.write(b);
            } else if (b >= 0 && b < ' ') {
                escape(out, b);
            } else {
                out.write(b);
            }
        }
        out.write('"');
    }

    private static void escape(ByteBuilder out, byte control) {
        out.write('\\');
        switch (control) {
            case '\n' -> out.write('n');
            case '\r' -> out.write('r');
            case '\t' -> out.write('t');
            default -> {
                out.add("u00");
                out.write(HEX[control >> 4]);
                out.write(HEX[control & 15]);
            }
        }
    }
}
