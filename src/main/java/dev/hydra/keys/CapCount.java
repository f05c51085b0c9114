package dev.hydra.keys;

import dev.hydra.keys.CapProgress.AccountUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was used of one cap in its period, by account. Not thread-safe. */
final class CapCount {
    private static final int HUNDRED = 100;

    final Cap cap;
    private final NamePattern models;
    private final Map<String, Use> uses = new HashMap<>();
    private final Use whole = new Use();
    private Instant begun = Instant.MIN;
    private Instant ends = Instant.MIN;

    CapCount(Cap cap) {
        this.cap = cap;
        this.models = NamePattern.of(cap.models());
    }

    /** Use that is not stored yet. */
    record Fresh(Cap cap, String account, Instant begun, long amount) {
    }

    /** An account's use. */
    private static final class Use {
        /** Stored, by all nodes. */
        private long stored;
        /** Since then. */
        private long fresh;
        /** Of requests under way: estimated. */
        private long open;
        /** Percent of the limit that the operator was told of in this period. */
        private int told;

        private long used() {
            return stored + fresh;
        }
    }

    boolean concerns(String model) {
        return cap.enabled() && models.matches(model);
    }

    /** How much of the cap a request needs at least. */
    long size(long tokens) {
        return cap.unit() == Cap.Unit.REQUESTS ? 1 : Math.max(1, tokens);
    }

    /**
     * Why a request may not be served for this account now. Tokens are only known at the end, so that the last request may exceed the limit by what it
     * takes; requests are exact.
     */
    Optional<CapRefusal> refusal(String account, String model, Instant now) {
        roll(now);
        Use use = cap.per() == Cap.Per.ALL ? whole : uses.get(account);
        if (use == null || use.used() + use.open < cap.limit()) {
            return Optional.empty();
        }
        // Requests under way will most likely be counted; tokens may turn out to be fewer than estimated.
        boolean reached = cap.unit() == Cap.Unit.REQUESTS || use.used() >= cap.limit();
        return Optional.of(new CapRefusal(cap, reached, ends, model));
    }

    void open(String account, long size) {
        use(account).open += size;
        whole.open += size;
    }

    /** A request has ended. @param used 0 when it does not count. @return what the operator should be told */
    List<CapNotice> close(String account, long size, long used, Instant now) {
        roll(now);
        Use use = use(account);
        // What was open before a cap was made anew is not known to it.
        use.open = Math.max(0, use.open - size);
        use.fresh += used;
        whole.open = Math.max(0, whole.open - size);
        whole.fresh += used;
        List<CapNotice> notices = new ArrayList<>();
        if (used > 0) {
            notice(cap.per() == Cap.Per.ALL ? whole : use, cap.per() == Cap.Per.ALL ? "" : account, now).ifPresent(notices::add);
        }
        return notices;
    }

    private Optional<CapNotice> notice(Use use, String account, Instant now) {
        int level = level(use);
        if (level <= use.told) {
            return Optional.empty();
        }
        use.told = level;
        return Optional.of(new CapNotice(now, cap, account, use.used(), ends));
    }

    /** The highest of the two percentages that use has come to; 0 = none. */
    private int level(Use use) {
        if (use.used() >= cap.limit()) {
            return HUNDRED;
        }
        return use.used() >= Math.ceil(cap.limit() * (cap.alert() / (double) HUNDRED)) ? cap.alert() : 0;
    }

    private Use use(String account) {
        return uses.computeIfAbsent(account, name -> new Use());
    }

    private void roll(Instant now) {
        if (now.isBefore(ends) && !now.isBefore(begun)) {
            return;
        }
        begun = cap.begin(now);
        ends = cap.end(now);
        uses.values().removeIf(use -> use.open == 0);
        uses.values().forEach(CapCount::empty);
        empty(whole);
    }

    private static void empty(Use use) {
        use.stored = 0;
        use.fresh = 0;
        use.told = 0;
    }

    List<Fresh> fresh(Instant now) {
        roll(now);
        return uses.entrySet().stream().filter(entry -> entry.getValue().fresh != 0)
                .map(entry -> new Fresh(cap, entry.getKey(), begun, entry.getValue().fresh)).toList();
    }

    /** What was fresh is stored now. @param rows of all accounts. @param silent whether what they reach was told before */
    void stored(Collection<Fresh> written, Collection<CapUseRow> rows, boolean silent, Instant now) {
        roll(now);
        for (Fresh fresh : written) {
            if (fresh.begun().equals(begun) && CapUseRow.id(fresh.cap(), "").equals(CapUseRow.id(cap, ""))) {
                use(fresh.account()).fresh -= fresh.amount();
            }
        }
        for (CapUseRow row : rows) {
            if (row.begun.equals(begun) && row.id.equals(CapUseRow.id(cap, row.account))) {
                use(row.account).stored = row.used;
            }
        }
        whole.stored = uses.values().stream().mapToLong(use -> use.stored).sum();
        whole.fresh = uses.values().stream().mapToLong(use -> use.fresh).sum();
        if (silent) {
            uses.values().forEach(use -> use.told = level(use));
            whole.told = level(whole);
        }
    }

    /** Takes over what an older count of a cap with the same name holds, where it still means the same. */
    void inherit(CapCount older, Instant now) {
        older.roll(now);
        roll(now);
        boolean same = older.cap.unit() == cap.unit() && older.begun.equals(begun) && older.ends.equals(ends);
        older.uses.forEach((account, use) -> {
            Use own = use(account);
            own.open = older.cap.unit() == cap.unit() ? use.open : 0;
            own.stored = same ? use.stored : 0;
            own.fresh = same ? use.fresh : 0;
            own.told = same ? Math.min(use.told, level(own)) : 0;
            whole.open += own.open;
            whole.stored += own.stored;
            whole.fresh += own.fresh;
        });
        whole.told = same ? Math.min(older.whole.told, level(whole)) : 0;
    }

    CapProgress progress(Instant now) {
        roll(now);
        List<AccountUse> accounts = uses.entrySet().stream().filter(entry -> entry.getValue().used() > 0)
                .map(entry -> new AccountUse(entry.getKey(), entry.getValue().used(), percent(entry.getValue())))
                .sorted(Comparator.comparing(AccountUse::used).reversed().thenComparing(AccountUse::account)).toList();
        int percent = cap.per() == Cap.Per.ALL ? percent(whole) : accounts.stream().mapToInt(AccountUse::percent).max().orElse(0);
        return new CapProgress(cap, begun, ends, whole.used(), whole.open, percent, accounts);
    }

    private int percent(Use use) {
        return (int) Math.min(Integer.MAX_VALUE, Math.floor(use.used() * (double) HUNDRED / cap.limit()));
    }
}
