/**
 * The contract of a wire format; one sub-package implements each.
 *
 * <p>A format has two sides. {@link dev.hydra.dialect.ClientDialect} serves those who call us; {@link dev.hydra.dialect.ProviderDialect}
 * speaks to those whom we call. Client and provider never meet: between them stands only {@code conversation}, so there is no pairwise
 * translator and sibling formats never import each other.
 */
@NullMarked
package dev.hydra.dialect;

import org.jspecify.annotations.NullMarked;
