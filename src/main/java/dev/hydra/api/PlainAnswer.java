package dev.hydra.api;

import dev.hydra.wire.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Errors that are answered before any resource is asked. */
final class PlainAnswer {
    private PlainAnswer() {
    }

    /** Answers with an error document that no secret is in. Headers of its own are to be set before. */
    static void write(HttpServletResponse answer, ErrorShape shape, int status, String message) throws IOException {
        String id = "req_" + UUID.randomUUID().toString().replace("-", "");
        answer.setHeader("x-request-id", id);
        if (shape == ErrorShape.ANTHROPIC) {
            answer.setHeader("request-id", id);
        }
        write(answer, status, "application/json", Json.bytes(shape.document(status, message, id)));
    }

    /** Answers with a text, for pages. */
    static void write(HttpServletResponse answer, int status, String message) throws IOException {
        write(answer, status, "text/plain;charset=UTF-8", message.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse answer, int status, String type, byte[] body) throws IOException {
        answer.setStatus(status);
        answer.setContentType(type);
        answer.setContentLength(body.length);
        answer.getOutputStream().write(body);
    }
}
