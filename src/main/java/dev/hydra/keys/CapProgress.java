package dev.hydra.keys;

import java.time.Instant;
import java.util.List;

/**
 * A cap and what was used of it.
 *
 * @param began    of the period, inclusive
 * @param resets   its end, exclusive
 * @param used     by all accounts; requests or tokens
 * @param open     of requests under way, estimated
 * @param percent  of the limit; where each account has its own, that of the one that has used most
 * @param accounts who has used how much, most first
 */
public record CapProgress(Cap cap, Instant began, Instant resets, long used, long open, int percent, List<AccountUse> accounts) {

    /** @param account e-mail of a key, else its project, else {@code key:} and its id; {@code percent} of the whole limit */
    public record AccountUse(String account, long used, int percent) {
    }

    /** {@code off}, {@code ok}, {@code near} from the alert threshold on, {@code reached}. */
    public String state() {
        if (!cap.enabled()) {
            return "off";
        }
        if (percent >= 100) {
            return "reached";
        }
        return percent >= cap.alert() ? "near" : "ok";
    }
}
