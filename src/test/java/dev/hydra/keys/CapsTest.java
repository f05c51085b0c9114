package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.keys.CapProgress.AccountUse;
import dev.hydra.settings.InvalidSettings;
import dev.hydra.settings.Settings;
import dev.hydra.settings.Settings.LimitMode;
import dev.hydra.settings.Settings.Pool;
import dev.hydra.settings.Settings.Strategy;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caps keep what they say, count what was answered, and outlive the process. */
class CapsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-11T07:00:00Z");
    @TempDir
    Path home;

    private static Cap cap(String... fields) {
        Map<String, String> texts = new HashMap<>(Map.of("models", "gemini-2.5-flash", "limit", "3"));
        for (int i = 0; i < fields.length; i += 2) {
            texts.put(fields[i], fields[i + 1]);
        }
        return Cap.of("c", texts);
    }

    private static TestPool pool(int keys, Cap... caps) {
        return new TestPool(new Pool(Strategy.BALANCED, 0, LimitMode.OFF, Duration.ofSeconds(20), 3, 100), LimitTable.none(), List.of(caps))
                .with(keys);
    }

    private static long used(TestPool pool) {
        return pool.caps.progress().getFirst().used();
    }

    @Test
    void aReachedCapRefusesUntilItBeginsAnew() {
        TestPool pool = pool(5, cap());
        for (int i = 0; i < 3; i++) {
            pool.use();
        }
        assertThat(pool.offer()).isEqualTo(
                new Offer.Capped(MIDNIGHT, true,
                        "The cap 'c' on 'gemini-2.5-flash' is reached: 3 requests a day; it begins anew at 2026-03-11T07:00:00Z."));
        assertThat(pool.offer("gemini-2.5-pro")).isInstanceOf(Offer.Granted.class);
        pool.clock.set(MIDNIGHT.minusMillis(1));
        assertThat(pool.offer()).isInstanceOf(Offer.Capped.class);
        pool.clock.set(MIDNIGHT);
        assertThat(used(pool)).isZero();
        pool.use();
        assertThat(used(pool)).isEqualTo(1);
    }

    @Test
    void requestsUnderWayCountAndThoseThatWereNotAnsweredDoNot() {
        TestPool pool = pool(5, cap());
        Lease first = pool.lease();
        Lease second = pool.lease();
        Lease third = pool.lease();
        assertThat(pool.offer()).isInstanceOf(Offer.Capped.class);
        first.ignored();
        second.coolUntil(Scope.KEY, pool.clock.instant(), false, "429");
        third.close();
        assertThat(used(pool)).isZero();
        // An answer that breaks off has cost something all the same.
        Lease broken = pool.lease();
        broken.answering(0);
        broken.close();
        assertThat(used(pool)).isEqualTo(1);
    }

    @Test
    void tryNextLeavesTheRequestToTheNextModel() {
        TestPool pool = pool(1, cap("action", "try_next", "limit", "1", "period", "hour"));
        pool.use();
        assertThat(pool.offer()).isEqualTo(new Offer.Cooling(Instant.parse("2026-03-10T13:00:00Z"), false,
                "The cap 'c' on 'gemini-2.5-flash' is reached: 1 requests an hour; it begins anew at 2026-03-10T13:00:00Z."));
    }

    @Test
    void ofSeveralCapsEachHolds() {
        Cap all = Cap.of("all", Map.of("models", "gemini-*", "limit", "3", "action", "try_next", "period", "month"));
        TestPool pool = pool(3, cap("limit", "2"), all);
        pool.use();
        pool.use();
        assertThat(pool.offer()).as("the one that refuses outweighs").isInstanceOf(Offer.Capped.class);
        pool.use("gemini-2.5-pro");
        assertThat(pool.offer("gemini-2.5-pro")).isInstanceOfSatisfying(Offer.Cooling.class,
                cooling -> assertThat(cooling.until()).isEqualTo(Instant.parse("2026-04-01T07:00:00Z")));
        assertThat(pool.offer("gemma-3")).isInstanceOf(Offer.Granted.class);
        assertThat(pool.caps.progress()).extracting(CapProgress::used).containsExactly(3L, 2L);
        assertThat(pool.caps.check("gemini-2.5-flash")).hasValueSatisfying(text -> assertThat(text).contains("The cap 'c'"));
        assertThat(pool.caps.check("gemma-3")).isEmpty();
    }

    @Test
    void tokensCountAsTheProviderCountedThem() {
        TestPool pool = pool(3, cap("unit", "tokens", "limit", "1000"));
        Lease lease = pool.lease(600);
        Lease other = pool.lease(600);
        assertThat(pool.offer(1)).as("estimates of those under way fill it; they may turn out smaller")
                .isEqualTo(new Offer.Cooling(pool.clock.instant().plusMillis(100), false,
                        "The cap 'c' on 'gemini-2.5-flash' is reached: 1000 tokens a day, with what is under way."));
        lease.succeeded(10, 300);
        other.succeeded(0);
        assertThat(used(pool)).as("where the provider did not count, the estimate holds").isEqualTo(900);
        pool.lease(5).succeeded(5, 400);
        assertThat(used(pool)).isEqualTo(1300);
        assertThat(pool.offer()).isInstanceOf(Offer.Capped.class);
    }

    @Test
    void anAccountThatHasUsedUpItsPartIsPassedOver() {
        TestPool pool = pool(0, cap("per", "account", "limit", "2"));
        pool.add("p1", Optional.empty());
        pool.add("p1", Optional.empty());
        pool.add("p2", Optional.empty());
        List<String> used = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            used.add(pool.use());
        }
        assertThat(used.stream().filter(pool.ids.get(2)::equals)).hasSize(2);
        assertThat(pool.offer()).isInstanceOfSatisfying(Offer.Capped.class, capped -> {
            assertThat(capped.until()).isEqualTo(MIDNIGHT);
            assertThat(capped.message())
                    .startsWith("The cap 'c' on 'gemini-2.5-flash' is reached: 2 requests a day for each account; it begins");
        });
        assertThat(pool.offer("gemini-2.5-pro")).isInstanceOf(Offer.Granted.class);
        assertThat(pool.caps.progress().getFirst().accounts()).containsExactly(new AccountUse("p1", 2, 100), new AccountUse("p2", 2, 100));
        pool.clock.set(MIDNIGHT);
        assertThat(pool.offer()).isInstanceOf(Offer.Granted.class);
    }

    @Test
    void aKeysAccountIsItsEMailElseItsProject() {
        Map<String, String> accounts = new HashMap<>();
        try (Desk desk = new Desk("HYDRA_CAPS", "c: models=* limit=1 per=account")) {
            desk.it.keys().add(KeyList.parse("[{\"api_key\":\"secret-key-1\",\"email\":\"A@example.com\",\"project_id\":\"p\"},"
                    + "{\"api_key\":\"secret-key-2\",\"email\":\"a@example.com\"},{\"api_key\":\"secret-key-3\",\"project_id\":\"p\"},"
                    + "{\"api_key\":\"secret-key-4\"}]"), "cli");
            for (int i = 0; i < 3; i++) {
                lease(desk.it.pool()).succeeded(1);
            }
            desk.it.caps().progress().getFirst().accounts().forEach(use -> accounts.put(use.account(), "" + use.used()));
        }
        assertThat(accounts).hasSize(3).containsEntry("a@example.com", "1").containsEntry("p", "1").anySatisfy((account, use) -> assertThat(
                account).startsWith("key:"));
    }

    @Test
    void theOperatorIsToldOnceAtTheThresholdAndOnceAtTheLimit() {
        TestPool pool = pool(3, cap("limit", "10"));
        for (int i = 0; i < 7; i++) {
            pool.use();
        }
        assertThat(pool.caps.notices()).isEmpty();
        assertThat(pool.caps.progress().getFirst().state()).isEqualTo("ok");
        pool.use();
        assertThat(pool.caps.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.reached()).isFalse();
            assertThat(notice.words()).isEqualTo(
                    "Cap c on gemini-2.5-flash is near its limit: 8 of 10 requests a day; it begins anew at 2026-03-11T07:00:00Z");
        });
        assertThat(pool.caps.progress().getFirst().state()).isEqualTo("near");
        pool.use();
        assertThat(pool.caps.notices()).hasSize(1);
        pool.use();
        assertThat(pool.caps.notices()).extracting(CapNotice::reached).containsExactly(false, true);
        assertThat(pool.caps.progress().getFirst().state()).isEqualTo("reached");
        pool.clock.set(MIDNIGHT);
        for (int i = 0; i < 8; i++) {
            pool.use();
        }
        assertThat(pool.caps.notices()).as("a new period, a new warning").hasSize(3);
    }

    @Test
    void aDisabledCapCountsNothing() {
        TestPool pool = pool(3, cap("enabled", "false", "limit", "1"));
        pool.use();
        pool.use();
        assertThat(used(pool)).isZero();
        assertThat(pool.caps.progress().getFirst().state()).isEqualTo("off");
    }

    @Test
    void parallelRequestsNeverExceedIt() throws Exception {
        TestPool pool = pool(20, cap("limit", "500"));
        AtomicInteger granted = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < 50; client++) {
                boolean clumsy = client % 5 == 0;
                clients.add(threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        if (pool.offer() instanceof Offer.Granted(Lease lease)) {
                            granted.incrementAndGet();
                            Thread.yield();
                            if (clumsy) {
                                lease.ignored();
                                granted.decrementAndGet();
                            } else {
                                lease.succeeded(1);
                            }
                        }
                    }
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(used(pool)).isEqualTo(granted.get()).isLessThanOrEqualTo(500);
        while (pool.offer() instanceof Offer.Granted(Lease lease)) {
            lease.succeeded(1);
        }
        assertThat(used(pool)).as("to the last request").isEqualTo(500);
        assertThat(pool.caps.progress().getFirst().open()).isZero();
    }

    @Test
    void useOutlivesARestartAndIsNotToldAgain() {
        try (Desk desk = new Desk()) {
            desk.it.keys().add(KeyList.parse("secret-key-1 secret-key-2"), "cli");
            desk.it.caps().set(Cap.of("c", Map.of("models", "*", "limit", "5", "period", "month", "zone", "UTC")));
            for (int i = 0; i < 4; i++) {
                lease(desk.it.pool()).succeeded(1);
            }
            assertThat(desk.it.caps().notices()).hasSize(1);
        }
        try (Desk desk = new Desk()) {
            CapProgress progress = desk.it.caps().progress().getFirst();
            assertThat(progress.used()).isEqualTo(4);
            assertThat(progress.accounts()).hasSize(2).extracting(AccountUse::used).containsExactly(2L, 2L);
            assertThat(desk.it.caps().notices()).isEmpty();
            lease(desk.it.pool()).succeeded(1);
            assertThat(desk.it.caps().notices()).singleElement().satisfies(notice -> assertThat(notice.reached()).isTrue());
            assertThat(desk.it.pool().lease(new LeaseRequest("m", 0, List.of(), Set.of()))).isInstanceOf(Offer.Capped.class);
        }
        try (Desk desk = new Desk()) {
            assertThat(desk.it.pool().lease(new LeaseRequest("m", 0, List.of(), Set.of()))).isInstanceOf(Offer.Capped.class);
        }
    }

    @Test
    void changesHoldAtOnceAndKeepWhatWasUsed() {
        try (Desk desk = new Desk("HYDRA_CAPS", "c: models=* limit=1 per=account")) {
            desk.it.keys().add(KeyList.parse("secret-key-1"), "cli");
            lease(desk.it.pool()).succeeded(1);
            assertThat(offer(desk)).isInstanceOf(Offer.Capped.class);
            desk.it.caps().set(Cap.of("c", Map.of("models", "*", "limit", "2", "per", "account")));
            lease(desk.it.pool()).succeeded(1);
            assertThat(offer(desk)).isInstanceOf(Offer.Capped.class);
            assertThat(desk.it.caps().remove("c")).isTrue();
            assertThat(offer(desk)).as("that of the settings holds again").isInstanceOfSatisfying(Offer.Capped.class,
                    capped -> assertThat(capped.message()).contains(": 1 requests a day for each account;"));
            assertThat(desk.it.caps().remove("c")).isFalse();
            desk.it.caps().set(Cap.of("c", Map.of("models", "*", "limit", "2", "unit", "tokens")));
            assertThat(desk.it.caps().progress().getFirst().used()).as("what counts something else begins with nothing").isZero();
        }
    }

    @Test
    void hydraTomlHasATableOfEach() throws Exception {
        Files.writeString(home.resolve("hydra.toml"),
                "[caps.pro-daily]\nmodels = \"gemini-2.5-pro*\"\nlimit = 100\nreset_time = \"06:00\"\n"
                        + "[caps.all]\nmodels = \"*\"\nlimit = 5\nenabled = false\n");
        Settings settings = TestSettings.in(home, Map.of());
        assertThat(Caps.of(settings.pool(), Clock.systemUTC()).progress()).extracting(CapProgress::cap).containsExactly(
                Cap.of("all", Map.of("models", "*", "limit", "5", "enabled", "false")),
                Cap.of("pro-daily", Map.of("models", "gemini-2.5-pro*", "limit", "100", "reset_time", "06:00")));

        Files.writeString(home.resolve("hydra.toml"), "[caps.pro]\nmodels = \"m\"\nlimit = \"no\"\n");
        Settings.Pool wrong = TestSettings.in(home, Map.of()).pool();
        assertThatThrownBy(() -> Caps.of(wrong, Clock.systemUTC())).isInstanceOf(InvalidSettings.class)
                .hasMessage("HYDRA_CAPS: pro: limit: \"no\" is not allowed; allowed: a whole number from 1 to 1000000000000000");

        Files.writeString(home.resolve("hydra.toml"), "[caps]\npro = 5\n[caps.x]\nmodels = \"a b\"\n");
        assertThatThrownBy(() -> TestSettings.in(home, Map.of())).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("caps.pro: \"5\" is not allowed; allowed: a table with fields")
                .hasMessageContaining("caps.x.models: \"a b\" is not allowed; allowed: one word or number");
    }

    @Test
    void nodesOnOneDatabaseKeepACapTogether() {
        Settings settings = TestSettings.in(home, Map.of());
        SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
        try (Database database = new Database(settings)) {
            Caps first = new Caps(settings, database, clock);
            Caps second = new Caps(settings, database, clock);
            first.open();
            second.open();
            first.set(cap("limit", "10"));
            for (int flush = 0; flush < 10; flush++) {
                second.flush();
            }
            take(first, "a", 6);
            take(second, "b", 3);
            first.flush();
            second.flush();
            first.flush();
            assertThat(first.progress()).isEqualTo(second.progress());
            assertThat(first.progress().getFirst().accounts()).containsExactly(new AccountUse("a", 6, 60), new AccountUse("b", 3, 30));
            take(second, "a", 1);
            second.flush();
            first.flush();
            assertThat(first.refusal("gemini-2.5-flash")).isPresent();
            clock.set(MIDNIGHT);
            take(first, "a", 1);
            first.flush();
            second.flush();
            assertThat(second.progress().getFirst().used()).isEqualTo(1);
        }
    }

    private static void take(Caps caps, String account, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(caps.take("gemini-2.5-flash", account, 0)).isInstanceOfSatisfying(Caps.Taken.Held.class,
                    held -> held.hold().end(true, 0));
        }
    }

    private static Offer offer(Desk desk) {
        Offer offer = desk.it.pool().lease(new LeaseRequest("m", 0, List.of(), Set.of()));
        if (offer instanceof Offer.Granted(Lease lease)) {
            lease.close();
        }
        return offer;
    }

    private static Lease lease(KeyPool pool) {
        return ((Offer.Granted) pool.lease(new LeaseRequest("m", 0, List.of(), Set.of()))).lease();
    }

    /** The pool of a process over this test's database. */
    private final class Desk implements AutoCloseable {
        private final Database database;
        private final KeyDesk it;

        Desk(String... settings) {
            Settings all = TestSettings.in(home, settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]));
            database = new Database(all);
            it = new KeyDesk(all, database, new Encryption(all, database), Clock.systemUTC());
        }

        @Override
        public void close() {
            it.close();
            database.close();
        }
    }
}
