package dev.hydra.access;

import dev.hydra.secret.Secret;

/** @param value the token itself; this is the only time that it is known */
public record NewToken(Token token, Secret value) {
}
