package dev.hydra.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Knows the keys and whose project they are. */
final class Callers {
    private static final long FIRST_NUMBER = 900_000_000_001L;
    private final Map<String, SimulatedProject> byKey = new ConcurrentHashMap<>();
    private final Optional<Quota> forUnknown;
    private final AtomicLong nextNumber = new AtomicLong(FIRST_NUMBER);

    /** With a quota for unknown keys, each of them is taken and becomes a project of its own. */
    Callers(List<SimulatedProject> projects, Optional<Quota> forUnknown) {
        this.forUnknown = forUnknown;
        Map<String, SimulatedProject> known = new HashMap<>();
        projects.forEach(project -> project.keys().forEach(key -> known.put(key, project)));
        byKey.putAll(known);
    }

    /** The key of a request as sent: header first, then query; empty when there is none. */
    static String key(RecordedRequest request) {
        return request.header("x-goog-api-key")
                .or(() -> request.parameter("key").map(key -> URLDecoder.decode(key, StandardCharsets.UTF_8)))
                .orElse("");
    }

    Optional<SimulatedProject> project(String key) {
        SimulatedProject known = byKey.get(key);
        if (known == null && forUnknown.isPresent() && !key.isEmpty()) {
            known = byKey.computeIfAbsent(key, k -> SimulatedProject.of(Long.toString(nextNumber.getAndIncrement()),
                    forUnknown.get(), k));
        }
        return Optional.ofNullable(known);
    }

    /** Why the request is refused for its credentials; empty when they are fine. */
    Optional<ApiError> refuse(RecordedRequest request, String key, Refusal.Circumstances about) {
        boolean bearer = request.headers().containsKey("authorization");
        if (bearer) {
            return Optional.of((key.isEmpty() ? Refusal.KEY_KIND_UNSUPPORTED : Refusal.KEY_NOT_SUPPORTED_BY_API).error(about));
        }
        if (key.isEmpty()) {
            return Optional.of(ApiError.of(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without"
                    + " established identity). Please use API Key or other form of API consumer identity to call this API."));
        }
        return project(key).isEmpty() ? Optional.of(Refusal.KEY_REVOKED.error(about)) : Optional.empty();
    }
}
