package dev.hydra.upstream;

import dev.hydra.upstream.GoogleError.Quota;
import dev.hydra.upstream.GoogleError.Violation;
import dev.hydra.wire.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads error documents of Google APIs in all forms that were seen (spec mapping §4.1): an object or an array around it, a message that is
 * itself such a document, spaces around names. Details are told apart by their members, not by {@code @type}, which is not always clean.
 * What is no such document has no message and no details; nothing makes it throw.
 */
final class GoogleErrorReader {
    /** As deep as Google's own client looks. */
    private static final int DEEPEST_NESTING = 10;
    private static final int LONGEST_CONSUMER = 64;
    private static final String PROJECT = "projects/";
    private static final String PROJECT_NUMBER = "project_number:";
    private static final String RETRY_IN = "retry in ";

    private final int httpStatus;
    private final Set<String> reasons = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private OptionalInt code = OptionalInt.empty();
    private String status = "";
    private String message = "";
    private Optional<Duration> retryDelay = Optional.empty();
    private Optional<String> consumer = Optional.empty();

    private GoogleErrorReader(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** Whether there is an error document. */
    static boolean isError(byte[] body) {
        return document(body).isPresent();
    }

    /** The outermost error document; empty when there is none. */
    static Optional<JsonObject> document(byte[] body) {
        return parse(new String(body, StandardCharsets.UTF_8)).flatMap(GoogleErrorReader::error);
    }

    /** Reads a body. @param httpStatus counts where the document has no usable code of its own; outside 400 to 599 it stands for 500 */
    static GoogleError read(int httpStatus, byte[] body) {
        GoogleErrorReader reader = new GoogleErrorReader(httpStatus);
        Optional<JsonObject> error = document(body);
        for (int depth = 0; error.isPresent() && depth <= DEEPEST_NESTING; depth++) {
            reader.take(error.get());
            error = parse(reader.message).flatMap(GoogleErrorReader::error);
        }
        return reader.result();
    }

    private GoogleError result() {
        Optional<Duration> delay = retryDelay.or(this::delayOfMessage);
        return new GoogleError(code(), status, message, Set.copyOf(reasons), new Quota(List.copyOf(violations), delay), consumer);
    }

    /** Only text that can be a container is tried: most messages are not. A stream's answer may come as an event. */
    private static Optional<JsonValue> parse(String text) {
        String json = text.startsWith("data:") ? text.substring("data:".length()).strip() : text.strip();
        if (!json.startsWith("{") && !json.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.value(json));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> error(JsonValue document) {
        return switch (document) {
            case JsonArray array -> array.stream().map(GoogleErrorReader::error).flatMap(Optional::stream).findFirst();
            case JsonObject object -> error(object);
            default -> Optional.empty();
        };
    }

    private static Optional<JsonObject> error(JsonObject object) {
        return switch (member(object, "error")) {
            case JsonObject error -> Optional.of(error);
            case JsonString text -> Optional.of(Json.objectBuilder().add("message", text).build());
            default -> member(object, "message") instanceof JsonString ? Optional.of(object) : Optional.empty();
        };
    }

    /** Adds what one level says; the innermost word counts. */
    private void take(JsonObject error) {
        OptionalInt ownCode = number(member(error, "code"));
        code = ownCode.isPresent() ? ownCode : code;
        String ownStatus = text(error, "status");
        status = ownStatus.isEmpty() ? status : ownStatus;
        message = text(error, "message");
        if (member(error, "details") instanceof JsonArray details) {
            for (JsonValue detail : details) {
                if (detail instanceof JsonObject object) {
                    detail(object);
                }
            }
        }
    }

    private void detail(JsonObject detail) {
        String reason = text(detail, "reason");
        if (!reason.isEmpty()) {
            reasons.add(reason);
        }
        if (member(detail, "metadata") instanceof JsonObject metadata) {
            metadata(metadata);
        }
        if (member(detail, "violations") instanceof JsonArray array) {
            for (JsonValue one : array) {
                if (one instanceof JsonObject violation) {
                    add(text(violation, "quotaId"), text(violation, "quotaMetric"), text(violation, "quotaValue"));
                }
            }
        }
        retryDelay = GoogleDuration.at(text(detail, "retryDelay"), 0).or(() -> retryDelay);
    }

    /** ErrorInfo's; older quota errors name the quota here and have no QuotaFailure. */
    private void metadata(JsonObject metadata) {
        consumer = project(text(metadata, "consumer")).or(() -> consumer);
        add(text(metadata, "quota_limit"), text(metadata, "quota_metric"), text(metadata, "quota_limit_value"));
        retryDelay = GoogleDuration.at(text(metadata, "quotaResetDelay"), 0).or(() -> retryDelay);
    }

    /** Violations of other preconditions have neither name. */
    private void add(String id, String metric, String value) {
        if (!id.isEmpty() || !metric.isEmpty()) {
            violations.add(new Violation(id, metric, value));
        }
    }

    /** A consumer that is no project is a key. */
    private static Optional<String> project(String consumer) {
        String name = consumer.startsWith(PROJECT) ? consumer.substring(PROJECT.length())
                : consumer.startsWith(PROJECT_NUMBER) ? consumer.substring(PROJECT_NUMBER.length()) : "";
        boolean plain = name.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == ':');
        return name.isEmpty() || name.length() > LONGEST_CONSUMER || !plain ? Optional.empty() : Optional.of(name);
    }

    private Optional<Duration> delayOfMessage() {
        int at = message.indexOf(RETRY_IN);
        return at < 0 ? Optional.empty() : GoogleDuration.at(message, at + RETRY_IN.length());
    }

    /** In streams, codes were seen that are google.rpc numbers or are missing. */
    private int code() {
        int own = code.orElse(0);
        if (isHttpError(own)) {
            return own;
        }
        OptionalInt named = CanonicalCode.http(status);
        OptionalInt numbered = named.isPresent() ? named : CanonicalCode.http(own);
        return numbered.orElse(isHttpError(httpStatus) ? httpStatus : CanonicalCode.http(httpStatus).orElse(500));
    }

    private static boolean isHttpError(int code) {
        return code >= 400 && code <= 599;
    }

    private static OptionalInt number(JsonValue value) {
        return switch (value) {
            case JsonNumber number -> OptionalInt.of(number.intValue());
            case JsonString text when text.getString().length() == 3 && text.getString().chars().allMatch(c -> c >= '0' && c <= '9') ->
                OptionalInt.of(Integer.parseInt(text.getString()));
            default -> OptionalInt.empty();
        };
    }

    /** A text or number; empty for all else. */
    private static String text(JsonObject object, String name) {
        return switch (member(object, name)) {
            case JsonString text -> text.getString().strip();
            case JsonNumber number when number.isIntegral() -> Long.toString(number.longValue());
            default -> "";
        };
    }

    private static JsonValue member(JsonObject object, String name) {
        JsonValue exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
            if (entry.getKey().strip().equals(name)) {
                return entry.getValue();
            }
        }
        return JsonValue.NULL;
    }
}
