package dev.hydra.keys;

import java.time.Instant;

/** A cap has come to its alert threshold or to its limit, told once in a period each. @param account whose use it is; empty = of all */
public record CapNotice(Instant moment, Cap cap, String account, long used, Instant resets) {

    /** Whether it is the limit. */
    public boolean reached() {
        return used >= cap.limit();
    }

    /** A sentence for operators. */
    public String words() {
        return "Cap " + cap.name() + " on " + cap.models() + (reached() ? " is reached" : " is near its limit") + ": " + used + " of "
                + cap.words() + (account.isEmpty() ? "" : ", used by " + account) + "; it begins anew at " + resets;
    }
}
