package dev.hydra.wire;

import java.time.Duration;

/**
 * How long one call may be silent.
 *
 * @param connect to reach the server, TLS included, and to get a connection at all
 * @param write   to send the whole request
 * @param read    to the first byte of the answer, and between any two reads of it
 */
public record CallLimits(Duration connect, Duration write, Duration read) {
}
