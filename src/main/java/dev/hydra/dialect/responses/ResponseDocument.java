package dev.hydra.dialect.responses;

import dev.hydra.conversation.FinishReason;
import dev.hydra.conversation.Usage;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.OpenAiError;
import dev.hydra.dialect.ReplyHead;
import dev.hydra.wire.Json;
import dev.hydra.wire.JsonOutput;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response object as far as it is known (spec mapping §5.2). */
final class ResponseDocument {
    private final ReplyHead head;
    private final ReplyWishes wishes;
    private final String id;
    private final List<OutputItem> items = new ArrayList<>();
    private Status status = Status.IN_PROGRESS;
    private String incomplete = "";
    private @Nullable Failure failure;
    private Usage usage = Usage.NONE;
    private String serviceTier = "";

    ResponseDocument(ReplyHead head, ReplyWishes wishes, String id) {
        this.head = head;
        this.wishes = wishes;
        this.id = id;
    }

    /** Where a response stands. */
    enum Status {
        IN_PROGRESS, COMPLETED, INCOMPLETE, FAILED;

        String word() {
            return switch (this) {
                case IN_PROGRESS -> "in_progress";
                case COMPLETED -> "completed";
                case INCOMPLETE -> "incomplete";
                case FAILED -> "failed";
            };
        }
    }

    ReplyWishes wishes() {
        return wishes;
    }

    Status status() {
        return status;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    List<OutputItem> items() {
        return items;
    }

    /** Whether the client sees the item: what merely carries something for the provider is shown to those who asked for it. */
    boolean isShown(OutputItem item) {
        return wishes.seals() || !(item instanceof OutputItem.Reasoning reasoning) || !reasoning.summary.isEmpty();
    }

    void used(Usage counted, String tier) {
        usage = counted;
        serviceTier = tier.isEmpty() ? serviceTier : tier;
    }

    void finish(FinishReason reason, String message) {
        switch (reason) {
            case STOP, OTHER -> status = Status.COMPLETED;
            case LENGTH -> incomplete("max_output_tokens");
            case FILTERED -> incomplete("content_filter");
            case MALFORMED_CALL ->
                fail(Failure.of(Failure.Kind.PROVIDER_ERROR, "The model called a function in a malformed way. " + message));
        }
    }

    private void incomplete(String why) {
        status = Status.INCOMPLETE;
        incomplete = why;
    }

    void fail(Failure why) {
        status = Status.FAILED;
        failure = why;
    }

    /** The whole object, as the client sees it now. */
    void write(JsonOutput json) throws IOException {
        json.beginObject().name("id").value(id).name("object").value("response");
        json.name("created_at").value(Math.max(1, head.created().getEpochSecond())).name("status").value(status.word());
        json.name("background").value(JsonValue.FALSE).name("error");
        error(json);
        json.name("incomplete_details");
        if (incomplete.isEmpty()) {
            json.nullValue();
        } else {
            json.beginObject().name("reason").value(incomplete).endObject();
        }
        json.name("model").value(head.model());
        wishes.echo().write(json);
        json.name("output");
        output(json, wishes.seals());
        json.name("service_tier").value(tier());
        if (status == Status.IN_PROGRESS) {
            json.name("usage").nullValue();
        } else {
            ItemWriter.usage(json, usage);
        }
        json.endObject();
    }

    private void error(JsonOutput json) throws IOException {
        if (failure == null) {
            json.nullValue();
            return;
        }
        String code = OpenAiError.code(failure);
        json.beginObject().name("code").value(code.isEmpty() ? OpenAiError.type(failure.kind()) : code);
        json.name("message").value(OpenAiError.message(failure)).endObject();
    }

    private String tier() {
        String used = serviceTier.isEmpty() ? wishes.echo().serviceTier() : serviceTier;
        return used.equals("standard") ? "default" : used;
    }

    private void output(JsonOutput json, boolean seals) throws IOException {
        json.beginArray();
        for (OutputItem item : items) {
            if (seals || isShown(item)) {
                ItemWriter.item(json, item, seals);
            }
        }
        json.endArray();
    }

    /** What is kept of it. @param input what the client said @param previous what it builds on; may be empty @param size of the request's body */
    Archive.Kept kept(JsonValue input, String previous, long size) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
            JsonOutput json = new JsonOutput().begin(bytes);
            write(json);
            json.end();
            ByteArrayOutputStream full = new ByteArrayOutputStream(1024);
            if (!wishes.seals()) {
                json.begin(full);
                output(json, true);
                json.end();
            }
            JsonValue items = full.size() == 0 ? JsonValue.NULL : Json.value(full.toByteArray());
            return new Archive.Kept(id, previous, input, Json.object(bytes.toByteArray()), items, size + bytes.size() + full.size());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
