package dev.hydra.gateway;

import dev.hydra.keys.Limit;
import dev.hydra.keys.Scope;
import dev.hydra.upstream.Verdict;
import java.util.List;

/** Says a verdict's scope and limits in the pool's words; the two packages do not know each other. */
public final class Scopes {
    private Scopes() {
    }

    /** The pool's word. */
    public static Scope of(Verdict.Scope scope) {
        return switch (scope) {
            case KEY -> Scope.KEY;
            case PROJECT -> Scope.PROJECT;
            case PROJECT_MODEL -> Scope.PROJECT_MODEL;
            // Who does not know what the request asks for spares the model as a whole.
            case KEY_MODEL, GROUNDING -> Scope.KEY_MODEL;
        };
    }

    static List<Limit.Told> of(List<Verdict.Limit> limits) {
        return limits.stream().map(limit -> new Limit.Told(switch (limit.measure()) {
            case REQUESTS_PER_MINUTE -> Limit.Measure.REQUESTS_PER_MINUTE;
            case INPUT_TOKENS_PER_MINUTE -> Limit.Measure.INPUT_TOKENS_PER_MINUTE;
            case REQUESTS_PER_DAY -> Limit.Measure.REQUESTS_PER_DAY;
        }, limit.value())).toList();
    }
}
