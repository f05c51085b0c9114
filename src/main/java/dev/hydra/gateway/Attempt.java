package dev.hydra.gateway;

import java.time.Duration;

/**
 * One try at one provider with one key.
 *
 * @param upstream id of the provider
 * @param model    the provider's name of the model
 * @param key      fingerprint of the key
 * @param project  the key's project; may be empty
 * @param verdict  what the answer meant, in one word, e.g. {@code accepted}, {@code exhausted}
 * @param status   HTTP status; 0 when there was no answer
 * @param took     until the verdict
 */
public record Attempt(String upstream, String model, String key, String project, String verdict, int status, Duration took) {
}
