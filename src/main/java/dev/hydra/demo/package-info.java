/**
 * The simulated Gemini API: a real HTTP server on loopback that speaks Google's wire format with keys, quotas, streaming and errors.
 *
 * <p>The same code is the provider of {@code hydra gateway --demo}, of the tests and of the benchmark. Start reading at
 * {@link dev.hydra.demo.SimulatedGemini}; what can go wrong on purpose is {@link dev.hydra.demo.Fault}.
 *
 * <p>Decision: it brings its own small HTTP/1.1 listener. The JDK's HttpServer turns Nagle's algorithm off only by a property of the
 * whole process, and can neither reset a connection nor notice that a client left, both of which the tests need.
 */
package dev.hydra.demo;
