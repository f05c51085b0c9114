package dev.hydra.dialect;

import java.time.Instant;

/**
 * What the gateway itself knows about a reply.
 *
 * @param requestId the exchange's id; used where the provider gives none
 * @param model     the name that the client asked for: every reply carries this one, not the provider's
 * @param created   when the request came
 */
public record ReplyHead(String requestId, String model, Instant created) {
}
