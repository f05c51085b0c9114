package dev.hydra.dialect;

import java.util.List;

/**
 * What a request's path through the gateway depends on, found by one scan of its bytes without building a tree.
 *
 * @param model      as the client wrote it; never empty
 * @param streamed   whether the client wants a stream
 * @param affinities names of provider-side objects in the body (files, cached contents) that tie it to the key that owns them
 */
public record Ask(String model, boolean streamed, List<String> affinities) {
}
