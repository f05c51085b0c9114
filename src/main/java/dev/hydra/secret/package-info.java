/** Secrets and how they are kept from being seen: a type that masks itself, fingerprints in its place, redaction of foreign text. A leaf. */
@NullMarked
package dev.hydra.secret;

import org.jspecify.annotations.NullMarked;
