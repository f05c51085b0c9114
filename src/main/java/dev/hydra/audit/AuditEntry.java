package dev.hydra.audit;

import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one exchange; also the JSON of the admin API and of the file of entries that wait for the database.
 *
 * @param id a UUID of version 7: later entries have greater ones
 */
public record AuditEntry(String id, Who who, Asked asked, Tried tried, Answered answered, Tokens tokens) implements Entry {

    /**
     * Who asked.
     *
     * @param tokenId id of the access token; empty for a local caller in open mode
     * @param caller  the token's name, or {@code local}
     * @param address the client's IP address
     */
    @Embeddable
    public record Who(String tokenId, String caller, String address) {
    }

    /**
     * What was asked.
     *
     * @param moment     when the request came
     * @param requestId  the client's {@code x-request-id}
     * @param modelAsked empty when the request was not understood
     * @param bytesIn    size of the body
     */
    @Embeddable
    public record Asked(Instant moment, String requestId, String dialect, String modelAsked, boolean streamed, long bytesIn) {
    }

    /**
     * What was tried; texts are empty where no provider was asked.
     *
     * @param modelUsed      the provider's name of the model of the last try
     * @param keyFingerprint fingerprint of the key of the last try
     * @param attempts       each try: provider/model, key, verdict, HTTP status, milliseconds
     */
    @Embeddable
    public record Tried(String modelUsed, String provider, String keyFingerprint, int attemptCount, String attempts) {
    }

    /**
     * What the client got.
     *
     * @param status          HTTP status; 499 when the client left
     * @param tookMillis      from the request to its end
     * @param firstByteMillis from the request to the first byte of content; null when none was sent
     * @param ignored         fields of the request that were not carried, separated by commas
     * @param failure         what went wrong; empty when nothing did
     */
    @Embeddable
    public record Answered(int status, long tookMillis, @Nullable Long firstByteMillis, long bytesOut, String ignored, String failure) {
    }

    /** Tokens as the provider counted them; 0 where it did not. */
    @Embeddable
    public record Tokens(long promptTokens, long cachedTokens, long completionTokens, long reasoningTokens, long totalTokens) {
    }

    @Override
    public Object row() {
        return new AuditRow(this);
    }
}
