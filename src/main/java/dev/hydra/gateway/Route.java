package dev.hydra.gateway;

import dev.hydra.dialect.ProviderDialect;
import dev.hydra.upstream.Upstream;

/**
 * One way to have a request answered.
 *
 * @param dialect the format that {@code upstream} speaks
 * @param model   the provider's name of the model
 */
public record Route(Upstream upstream, ProviderDialect dialect, String model) {
}
