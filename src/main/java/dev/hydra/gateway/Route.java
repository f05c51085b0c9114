package dev.hydra.gateway;

import dev.hydra.dialect.ModelSuffix;
import dev.hydra.dialect.ProviderDialect;
import dev.hydra.upstream.Upstream;
import java.util.Set;

/**
 * One way to have a request answered.
 *
 * @param dialect  the format that {@code upstream} speaks
 * @param model    the provider's name of the model
 * @param suffixes wishes that the name carried
 */
public record Route(Upstream upstream, ProviderDialect dialect, String model, Set<ModelSuffix> suffixes) {
}
