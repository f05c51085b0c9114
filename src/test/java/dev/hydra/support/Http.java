package dev.hydra.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Plain HTTP for tests: one call, one answer as text. */
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {
    }

    /** POSTs bytes. @param headers names and values in turn */
    public static HttpResponse<String> post(URI uri, byte[] body, String... headers) {
        return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)), headers);
    }

    /** POSTs a text. @param headers names and values in turn */
    public static HttpResponse<String> post(URI uri, String body, String... headers) {
        return post(uri, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** GETs. @param headers names and values in turn */
    public static HttpResponse<String> get(URI uri, String... headers) {
        return send(HttpRequest.newBuilder(uri), headers);
    }

    /** Any other method without a body. @param headers names and values in turn */
    public static HttpResponse<String> call(String method, URI uri, String... headers) {
        return send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()), headers);
    }

    /** Any request. @param headers names and values in turn */
    public static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
