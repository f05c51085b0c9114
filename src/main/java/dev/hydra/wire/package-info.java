/**
 * JSON, server-sent events and HTTP: mechanics that know nothing about language models.
 *
 * <p>JSON-P factories are made once, because the static {@code Json.create…} methods look their provider up on every call and cost
 * 80–190 µs each (spec servers §7). Provider calls go through Apache HttpClient 5 classic, the cheapest of the clients measured there, and
 * through its pool and protocol only, without its interceptors. Addresses that clients choose are reached through
 * {@link dev.hydra.wire.Egress} alone.
 */
@NullMarked
package dev.hydra.wire;

import org.jspecify.annotations.NullMarked;
