package dev.hydra.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What a request's path names.
 *
 * @param version  API version
 * @param model    model id without {@code models/}; empty for the list of models
 * @param method   after the colon; empty for a GET
 */
record Target(String version, String model, String method) {
    private static final Set<String> VERSIONS = Set.of("v1", "v1beta", "v1alpha");

    /** Reads {@code /{version}/models[/{model}[:{method}]]}. */
    static Optional<Target> of(RecordedRequest request) {
        String raw = request.path();
        String path = raw.indexOf('%') < 0 ? raw : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        int slash = path.indexOf('/', 1);
        if (slash < 0 || !VERSIONS.contains(path.substring(1, slash)) || !path.startsWith("/models", slash)) {
            return Optional.empty();
        }
        String version = path.substring(1, slash);
        String rest = path.substring(slash + "/models".length());
        if (rest.isEmpty()) {
            return Optional.of(new Target(version, "", ""));
        }
        int colon = rest.lastIndexOf(':');
        String model = rest.substring(1, colon < 0 ? rest.length() : colon);
        boolean valid = rest.charAt(0) == '/' && !model.isEmpty() && model.indexOf('/') < 0;
        return valid ? Optional.of(new Target(version, model, colon < 0 ? "" : rest.substring(colon + 1))) : Optional.empty();
    }

    Delivery.Shape shape(RecordedRequest request) {
        if (!"streamGenerateContent".equals(method)) {
            return Delivery.Shape.WHOLE;
        }
        return request.parameter("alt").filter("sse"::equals).isPresent() ? Delivery.Shape.SSE : Delivery.Shape.ARRAY;
    }

    /** The method as lists of models name it: streaming is part of generating. */
    String capability() {
        return switch (method) {
            case "streamGenerateContent" -> "generateContent";
            case "batchEmbedContents" -> "embedContent";
            default -> method;
        };
    }
}
