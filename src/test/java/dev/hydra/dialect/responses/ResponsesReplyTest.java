package dev.hydra.dialect.responses;

import static dev.hydra.dialect.responses.Responses.HEAD;
import static dev.hydra.dialect.responses.Responses.STOP;
import static dev.hydra.dialect.responses.Responses.all;
import static dev.hydra.dialect.responses.Responses.call;
import static dev.hydra.dialect.responses.Responses.frames;
import static dev.hydra.dialect.responses.Responses.output;
import static dev.hydra.dialect.responses.Responses.sealed;
import static dev.hydra.dialect.responses.Responses.stream;
import static dev.hydra.dialect.responses.Responses.text;
import static dev.hydra.dialect.responses.Responses.thought;
import static dev.hydra.dialect.responses.Responses.types;
import static dev.hydra.dialect.responses.Responses.whole;
import static dev.hydra.dialect.responses.Responses.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.ReplyEvent;
import dev.hydra.conversation.ReplyEvent.Cited;
import dev.hydra.conversation.ReplyEvent.Finished;
import dev.hydra.conversation.ReplyEvent.ForeignMade;
import dev.hydra.conversation.ReplyEvent.Logprobs;
import dev.hydra.conversation.ReplyEvent.MediaMade;
import dev.hydra.conversation.ReplyEvent.Refused;
import dev.hydra.conversation.ReplyEvent.Started;
import dev.hydra.conversation.ReplyEvent.TextDelta;
import dev.hydra.conversation.ReplyEvent.TokenLogprob;
import dev.hydra.conversation.ReplyEvent.UsageReported;
import dev.hydra.conversation.Seal;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesReplyTest {
    private static final UsageReported USAGE = new UsageReported(
            new Usage(10, 4, 20, 8, 30, Usage.Modalities.NONE, Usage.Modalities.NONE), "standard");
    private static final List<ReplyEvent> RICH = all(new Started("r", "v"), thought("First "), thought("this."), text("I "), text("look."),
            call(0, "call_a", "f", "{\"n\":1}", Seal.gemini("c2ln")), call(1, "call_b", "f", "{\"n\":2}", Seal.NONE), STOP, USAGE);

    @Test
    void aWholeAnswerHasEveryFieldThatClientsExpect() {
        JsonObject response = whole(with("'metadata':{'a':'b'},'temperature':0.5,'tools':[{'type':'function','name':'f'}]"),
                all(new Started("r", "v"), text("Hel"), text("lo"), STOP, USAGE));

        assertThat(response.getString("id")).isEqualTo("resp_abc123");
        assertThat(response.getString("object")).isEqualTo("response");
        assertThat(response.getJsonNumber("created_at").longValue()).isEqualTo(1_790_000_000L);
        assertThat(response.getString("status")).isEqualTo("completed");
        assertThat(response.getString("model")).isEqualTo("gpt-alias");
        assertThat(response.getString("service_tier")).isEqualTo("default");
        assertThat(response.getJsonObject("metadata").getString("a")).isEqualTo("b");
        assertThat(response.getJsonNumber("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(response.keySet()).contains("background", "error", "incomplete_details", "instructions", "max_output_tokens",
                "parallel_tool_calls", "previous_response_id", "reasoning", "store", "text", "tool_choice", "tools", "top_p", "truncation",
                "user", "max_tool_calls", "top_logprobs", "prompt_cache_key", "safety_identifier");
        assertThat(output(response)).singleElement().satisfies(item -> {
            assertThat(item.getString("id")).isEqualTo("msg_abc123_0");
            assertThat(item.getString("role")).isEqualTo("assistant");
            assertThat(item.getJsonArray("content").getJsonObject(0)).hasToString(
                    "{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[],\"logprobs\":[]}");
        });
        assertThat(response.getJsonObject("usage")).hasToString("{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4,"
                + "\"cache_write_tokens\":0},\"output_tokens\":20,\"output_tokens_details\":{\"reasoning_tokens\":8},\"total_tokens\":30}");
    }

    @Test
    void theOrderOfAStreamIsOpenAis() {
        assertThat(types(stream(sealed(""), RICH))).containsExactly("created", "in_progress", "output_item.added",
                "reasoning_summary_part.added", "reasoning_summary_text.delta", "reasoning_summary_text.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done", "output_item.added",
                "content_part.added", "output_text.delta", "output_text.delta", "output_text.done", "content_part.done",
                "output_item.done", "output_item.added", "output_item.done", "output_item.added", "function_call_arguments.delta",
                "function_call_arguments.done", "output_item.done", "output_item.added", "function_call_arguments.delta",
                "function_call_arguments.done", "output_item.done", "completed");
    }

    static Stream<List<ReplyEvent>> replies() {
        return Stream.of(RICH, all(text("a"), new Finished(0, FinishReason.LENGTH, ""), USAGE), all(new Refused("SAFETY", "No."), USAGE),
                all(text("x"), new MediaMade(0, "image/png", "AAAA", Seal.gemini("c2ln")), text("y"), STOP),
                all(text("Ulm has"), new Cited(0, 0, 3, "https://example.org", "t"), new TextDelta(0, "", Seal.gemini("c2ln")), STOP),
                all(new ForeignMade(0, new Part.Foreign("gemini", Json.object(
                        "{\"toolCall\":{\"toolType\":\"GOOGLE_SEARCH_WEB\",\"args\":{\"queries\":[\"ulm\"]}}}")), Seal.NONE), text("z"),
                        STOP),
                all(text("Code:"), new ForeignMade(0, new Part.Foreign("gemini", Json.object(
                        "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"print(1)\"}}")), Seal.NONE), STOP));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void theEventsOfAStreamAddUpToItsLastOneAndToTheWholeAnswer(List<ReplyEvent> reply) {
        for (ClientRequest request : List.of(sealed(""), with(""))) {
            List<JsonObject> frames = stream(request, reply);
            JsonObject last = frames.getLast().getJsonObject("response");
            List<JsonObject> done = frames.stream().filter(frame -> frame.getString("type").equals("response.output_item.done"))
                    .map(frame -> frame.getJsonObject("item")).toList();

            assertThat(last).isEqualTo(whole(request, reply));
            assertThat(done).isEqualTo(output(last));
            assertThat(frames.stream().filter(frame -> frame.getString("type").equals("response.output_item.added"))
                    .map(frame -> frame.getInt("output_index")).toList())
                    .isEqualTo(Stream.iterate(0, i -> i + 1).limit(done.size()).toList());
            assertThat(joined(frames, "response.output_text.delta")).isEqualTo(joined(frames, "response.output_text.done", "text"));
        }
    }

    private static String joined(List<JsonObject> frames, String type) {
        return joined(frames, type, "delta");
    }

    private static String joined(List<JsonObject> frames, String type, String field) {
        StringBuilder all = new StringBuilder();
        frames.stream().filter(frame -> frame.getString("type").equals(type)).forEach(frame -> all.append(frame.getString(field)));
        return all.toString();
    }

    @Test
    void callsOfCustomToolsAndOfNamespacesComeBackAsTheyWereDeclared() {
        ClientRequest request = with("'tools':[{'type':'custom','name':'patch'},"
                + "{'type':'namespace','name':'agents','tools':[{'type':'function','name':'close'}]}]");
        List<ReplyEvent> reply = all(call(0, "c1", "patch", "{\"input\":\"*** a\\n\"}", Seal.NONE),
                call(1, "c2", "agents__close", "{}", Seal.NONE), STOP);

        List<JsonObject> items = output(whole(request, reply));

        assertThat(items.get(0).getString("type")).isEqualTo("custom_tool_call");
        assertThat(items.get(0).getString("input")).isEqualTo("*** a\n");
        assertThat(items.get(1).getString("namespace")).isEqualTo("agents");
        assertThat(items.get(1).getString("name")).isEqualTo("close");
        assertThat(types(stream(request, reply))).containsSubsequence("custom_tool_call_input.delta", "custom_tool_call_input.done",
                "function_call_arguments.delta", "function_call_arguments.done");
    }

    @Test
    void theEndSaysWhy() {
        JsonObject cut = whole(with(""), all(text("a"), new Finished(0, FinishReason.LENGTH, "")));
        JsonObject filtered = whole(with(""), all(text("a"), new Finished(0, FinishReason.FILTERED, "")));
        JsonObject malformed = whole(with(""), all(text("a"), new Finished(0, FinishReason.MALFORMED_CALL, "x(")));

        assertThat(cut.getString("status")).isEqualTo("incomplete");
        assertThat(cut.getJsonObject("incomplete_details").getString("reason")).isEqualTo("max_output_tokens");
        assertThat(filtered.getJsonObject("incomplete_details").getString("reason")).isEqualTo("content_filter");
        assertThat(malformed.getString("status")).isEqualTo("failed");
        assertThat(malformed.getJsonObject("error").getString("code")).isEqualTo("server_error");
    }

    @Test
    void aRefusedPromptIsARefusal() {
        JsonObject response = whole(with(""), all(new Refused("PROHIBITED_CONTENT", ""), USAGE));

        assertThat(response.getString("status")).isEqualTo("incomplete");
        JsonObject part = output(response).getFirst().getJsonArray("content").getJsonObject(0);
        assertThat(part.getString("type")).isEqualTo("refusal");
        assertThat(part.getString("refusal")).contains("PROHIBITED_CONTENT");
        assertThat(response.getJsonObject("usage").getInt("input_tokens")).isEqualTo(10);
    }

    @Test
    void sourcesPointIntoTheirOwnMessage() {
        List<ReplyEvent> reply = all(text("\ud83d\ude00 one. "), call(0, "c", "f", "{}", Seal.NONE), text("Ulm is two."),
                new Cited(0, 7, 10, "https://example.org", "t"), STOP);

        List<JsonObject> items = output(whole(with(""), reply));

        JsonObject annotation = items.get(2).getJsonArray("content").getJsonObject(0).getJsonArray("annotations").getJsonObject(0);
        assertThat(annotation.getInt("start_index")).isZero();
        assertThat(annotation.getInt("end_index")).isEqualTo(3);
        assertThat(types(stream(with(""), reply))).contains("output_text.annotation.added");
    }

    @Test
    void logprobsStandWithTheirText() {
        JsonObject response = whole(with("'top_logprobs':1"), all(text("a"),
                new Logprobs(0, List.of(new TokenLogprob("a", -0.5, List.of(new TokenLogprob("b", -1, List.of()))))), STOP));

        assertThat(output(response).getFirst().getJsonArray("content").getJsonObject(0).getJsonArray("logprobs").getJsonObject(0)
                .getJsonArray("top_logprobs")).hasSize(1);
    }

    @Test
    void soundIsRefusedSinceTheFormatHasNoPlaceForIt() {
        JsonObject response = whole(with(""), all(new MediaMade(0, "audio/L16;rate=24000", "AAAA", Seal.NONE),
                new MediaMade(0, "audio/L16;rate=24000", "AAAA", Seal.NONE), STOP));

        assertThat(output(response)).singleElement()
                .satisfies(item -> assertThat(item.getJsonArray("content").getJsonObject(0).getString("refusal")).contains("sound"));
    }

    @Test
    void aStreamThatBreaksSaysSoTwiceAndNeverCompletes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyWriter writer = with("").stream(HEAD);
        writer.write(text("Hel"), out);
        writer.fail(new Failure(Failure.Kind.RATE_LIMITED, "Too many.", "", Optional.of(Duration.ofMillis(1500))), "req_1", out);

        List<JsonObject> frames = frames(out.toString(StandardCharsets.UTF_8));

        assertThat(types(frames)).endsWith("output_item.done", "error", "failed").doesNotContain("completed");
        JsonObject error = frames.get(frames.size() - 2);
        assertThat(error.getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(error.getJsonObject("error").getString("message")).contains("try again in 1.5s");
        JsonObject failed = frames.getLast().getJsonObject("response");
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getJsonObject("error").getString("message")).contains("try again in 1.5s");
    }

    @Test
    void aReplyWithoutAnEndIsNeverEnded() {
        assertThatThrownBy(() -> whole(with(""), all(text("a")))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTheFirstCandidateIsTold() {
        JsonObject response = whole(with(""),
                all(text("a"), new TextDelta(1, "b", Seal.NONE), STOP, new Finished(1, FinishReason.LENGTH, "")));

        assertThat(response.getString("status")).isEqualTo("completed");
        assertThat(output(response)).hasSize(1);
        assertThat(output(response).getFirst().getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo("a");
    }
}
