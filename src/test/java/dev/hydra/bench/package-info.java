/**
 * The benchmark of {@code ./hydra bench}, no part of {@code mvn verify}: what a request costs in the gateway and in nginx as a plain
 * reverse proxy, on the same simulated provider, in the same run. The measure is CPU per request, told as a ratio to nginx, because other
 * work on the machine disturbs it least.
 *
 * <p>Provider, nginx and gateway are processes of their own; both sides take turns, so that what disturbs one disturbs the other too.
 * {@code --jmh} runs the small benchmarks of the translators and the pool instead.
 */
@NullMarked
package dev.hydra.bench;

import org.jspecify.annotations.NullMarked;
