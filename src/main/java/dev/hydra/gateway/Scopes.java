package dev.hydra.gateway;

import dev.hydra.keys.Scope;
import dev.hydra.upstream.Verdict;

/** Says a verdict's scope in the pool's words; the two packages do not know each other. */
public final class Scopes {
    private Scopes() {
    }

    /** The pool's word. */
    public static Scope of(Verdict.Scope scope) {
        return switch (scope) {
            case KEY -> Scope.KEY;
            case PROJECT -> Scope.PROJECT;
            case PROJECT_MODEL -> Scope.PROJECT_MODEL;
            case KEY_MODEL -> Scope.KEY_MODEL;
        };
    }
}
