package dev.hydra.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** What most clients ask for, so that the cache has the classes of it and the compiler knows the paths: each dialect, whole and as a stream. */
final class TrainingRequests {
    private static final int ROUNDS = 4;
    private static final String CHAT = "{\"model\":\"gemini-2.5-flash\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String RESPONSES = "{\"model\":\"gemini-2.5-flash\",\"stream\":%s,\"store\":false,\"input\":\"Hello\"}";
    private static final String MESSAGES = "{\"model\":\"gemini-2.5-flash\",\"stream\":%s,\"max_tokens\":200,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final String NATIVE = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";
    private static final List<Question> QUESTIONS = List.of(
            new Question("/v1/chat/completions", CHAT.formatted(false)), new Question("/v1/chat/completions", CHAT.formatted(true)),
            new Question("/v1/responses", RESPONSES.formatted(false)), new Question("/v1/responses", RESPONSES.formatted(true)),
            new Question("/v1/messages", MESSAGES.formatted(false)), new Question("/v1/messages", MESSAGES.formatted(true)),
            new Question("/v1beta/models/gemini-2.5-flash:generateContent", NATIVE),
            new Question("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", NATIVE));

    private record Question(String path, String body) {
    }

    private TrainingRequests() {
    }

    /** @throws IOException also when an answer is not a 200: a cache of failures would help nobody */
    static void send(URI gateway) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Question question : QUESTIONS) {
                    send(client, gateway, question);
                }
            }
        }
    }

    private static void send(HttpClient client, URI gateway, Question question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(question.path())).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.body())).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(question.path() + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }
}
