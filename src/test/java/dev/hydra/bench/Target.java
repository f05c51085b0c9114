package dev.hydra.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to a server, and what its answer must contain.
 *
 * @param port     on loopback
 * @param request  head and body
 * @param expected what the body must contain in this order; the first one is the first content
 */
record Target(int port, byte[] request, List<byte[]> expected) {

    /** The chat request to the gateway. */
    static Target chat(int port, String token, Content.Size size, boolean streamed) {
        List<String> expected = new ArrayList<>(
                streamed ? opening("\"content\":\"") : List.of("\"content\":\"" + String.join("", Content.CHUNKS)));
        expected.add("\"finish_reason\":\"stop\"");
        if (streamed) {
            expected.add("data: [DONE]");
        }
        return of(port, "/v1/chat/completions", "Authorization: Bearer " + token, Content.chat(size, streamed), expected);
    }

    /** The same request in the provider's own format, to the provider, to a proxy in front of it, or to the gateway. @param key a token of the gateway there */
    static Target gemini(int port, String key, Content.Size size, boolean streamed) {
        List<String> expected = new ArrayList<>(
                streamed ? opening("\"text\":\"") : List.of("\"text\":\"" + String.join("", Content.CHUNKS)));
        expected.add("\"finishReason\":\"STOP\"");
        String method = streamed ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return of(port, "/v1beta/models/" + Content.MODEL + method, "x-goog-api-key: " + key, Content.gemini(size), expected);
    }

    /** Each chunk at the beginning of a string, so that two in one frame are noticed. */
    private static List<String> opening(String member) {
        return Content.CHUNKS.stream().map(chunk -> member + chunk).toList();
    }

    private static Target of(int port, String path, String credential, String body, List<String> expected) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + credential
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        return new Target(port, bytes(request), expected.stream().map(Target::bytes).toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
