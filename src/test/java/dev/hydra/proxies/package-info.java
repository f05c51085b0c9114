/**
 * The gateway behind real reverse proxies: Debian's nginx, Apache httpd and HAProxy with the configurations of {@code docker/}, in which only ports and the
 * paths of logs are replaced. Decision: {@code mvn -Pproxies verify} runs them, because they need installed programs; {@code .ci/run} installs these and skips
 * nothing.
 */
@NullMarked
package dev.hydra.proxies;

import org.jspecify.annotations.NullMarked;
