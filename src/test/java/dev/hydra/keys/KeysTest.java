package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hydra.demo.Refusal;
import dev.hydra.demo.SimulatedGemini;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stored keys, over restarts. */
class KeysTest {
    private static final String MODEL = "gemini-2.5-flash";

    @TempDir
    private Path home;
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    private final Map<String, String> settings = new HashMap<>(Map.of("HYDRA_GEMINI_URL", "http://127.0.0.1:1"));

    @Test
    void keysDisabledMarksRestsAndCountersOutliveARestart() {
        Instant end = clock.in(Duration.ofHours(3));
        List<KeyEntry> before = run(desk -> desk.keys().sync(), desk -> {
            desk.keys().add(KeyList.parse(
                    "[{\"api_key\":\"first-secret-key\",\"project_id\":\"p1\",\"tier\":\"premium\"},\"second-secret-key\",\"third-secret-key\"]"),
                    "cli");
            take(desk).coolUntil(Scope.PROJECT_MODEL, end, true, "per day");
            take(desk).succeeded(77);
            take(desk).rejected(Scope.KEY, "CONSUMER_SUSPENDED", "has been suspended");
            await(() -> desk.keys().list().get(2).status().equals("disabled"));
        });
        List<KeyEntry> after = run(desk -> {
        }, desk -> {
            assertThat(take(desk).keyId()).isEqualTo(before.get(1).id());
            Snapshot snapshot = desk.pool().state().snapshot();
            assertThat(snapshot.rests().values()).extracting(Rest::until, Rest::reason).containsExactly(tuple(end, "per day"));
            assertThat(snapshot.days().values()).extracting(Snapshot.Day::requests, Snapshot.Day::tokens)
                    .containsExactly(tuple(1L, 77L));
        });
        assertThat(after).extracting(KeyEntry::id, KeyEntry::tier, KeyEntry::status, KeyEntry::reason)
                .isEqualTo(before.stream().map(key -> tuple(key.id(), key.tier(), key.status(), key.reason())).toList());
        clock.advance(Duration.ofHours(3));
        run(desk -> assertThat(desk.pool().state().snapshot().rests()).isEmpty());
    }

    @Test
    void pausesOutliveARestart() {
        run(desk -> desk.keys().add(KeyList.parse("only-secret-key"), "cli"), desk -> {
            for (int i = 0; i < 3; i++) {
                take(desk).failed("cut off");
            }
        });
        run(desk -> assertThat(desk.keys().list()).extracting(KeyEntry::status, KeyEntry::failures)
                .containsExactly(tuple("paused", 3)));
    }

    @Test
    void secretsAreNotInTheDatabaseAndNotInAnyAnswer() throws IOException {
        String key = "A" + "Q." + "z9".repeat(20) + "TAIL";
        List<KeyEntry> listed = run(desk -> desk.keys().add(KeyList.parse(key), "cli"));
        assertThat(listed).singleElement().satisfies(entry -> {
            assertThat(entry.hint()).isEqualTo("TAIL");
            assertThat(entry.toString()).doesNotContain("z9z9");
        });
        assertThat(new String(Files.readAllBytes(home.resolve("hydra.mv.db")), StandardCharsets.ISO_8859_1)).doesNotContain("z9z9z9");
        run(desk -> assertThat(take(desk).key().reveal()).isEqualTo(key));
    }

    @Test
    void aDuplicateIsRefusedByName() {
        run(desk -> desk.keys().add(KeyList.parse("same-secret-key"), "cli"), desk -> {
            Keys.Added again = desk.keys().add(KeyList.parse("[\"new-secret-key\",\"same-secret-key\"]"), "api");
            assertThat(again.keys()).hasSize(1);
            assertThat(again.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.entry()).isEqualTo(2);
                assertThat(problem.toString()).contains("is there already").contains("from cli").doesNotContain("same-secret");
            });
        });
    }

    @Test
    void whatWasDeletedStaysDeletedUntilItsSourceChanges() throws IOException {
        Path file = file("[\"file-secret-1\",\"file-secret-2\"]");
        settings.put("GEMINI_API_KEYS", "env-secret-1");
        assertThat(run(desk -> desk.keys().sync())).hasSize(3);
        assertThat(run(desk -> List.copyOf(desk.keys().list()).forEach(key -> desk.keys().remove(key.id())))).isEmpty();
        assertThat(run(desk -> desk.keys().sync())).isEmpty();

        Files.writeString(file, "[\"file-secret-1\",\"file-secret-2\",\"file-secret-3\"]");
        assertThat(run(desk -> desk.keys().sync())).hasSize(3).allMatch(key -> key.source().startsWith("file:"));
        settings.put("GEMINI_API_KEYS", "env-secret-1,env-secret-2");
        assertThat(run(desk -> desk.keys().sync())).hasSize(5);
    }

    @Test
    void aDeletedKeyComesBackWhenSomebodyAddsIt() throws IOException {
        file("[\"file-secret-1\"]");
        run(desk -> desk.keys().sync(), desk -> desk.keys().remove(desk.keys().list().getFirst().id()));
        assertThat(run(desk -> desk.keys().add(KeyList.parse("file-secret-1"), "cli"))).hasSize(1);
        run(desk -> assertThat(take(desk).key().reveal()).isEqualTo("file-secret-1"));
    }

    @Test
    void aKeyThatItsSourceLostIsNotUsedButNotForgotten() throws IOException {
        Path file = file("[\"file-secret-1\",\"file-secret-2\"]");
        run(desk -> desk.keys().sync());
        Files.writeString(file, "[\"file-secret-2\"]");
        assertThat(run(desk -> desk.keys().sync(), desk -> assertThat(take(desk).key().reveal()).isEqualTo("file-secret-2")))
                .extracting(KeyEntry::status).containsExactly("absent", "active");
        Files.writeString(file, "[\"file-secret-2\", {\"api_key\": ");
        assertThat(run(desk -> assertThat(desk.keys().sync()).hasSize(1))).as("a broken file proves nothing")
                .extracting(KeyEntry::status).containsExactly("active", "active");
    }

    @Test
    void aResetEnablesDisabledKeysForGood() {
        run(desk -> desk.keys().add(KeyList.parse("only-secret-key"), "cli"), desk -> {
            take(desk).rejected(Scope.KEY, "SERVICE_DISABLED", "off");
            await(() -> desk.keys().list().getFirst().status().equals("disabled"));
            assertThat(desk.keys().reset()).isEqualTo(new Keys.Reset(0, 0, 0, 1));
        });
        run(desk -> take(desk).succeeded(1));
    }

    @Test
    void aKeyIsFoundByAPieceOfItsIdItsEndOrItsMail() {
        run(desk -> desk.keys().add(
                KeyList.parse("[{\"api_key\":\"long-enough-secret-WXYZ\",\"email\":\"a@example.com\"},\"second-secret-key-1234\"]"), "cli"),
                desk -> {
                    KeyEntry first = desk.keys().list().getFirst();
                    assertThat(List.of(desk.keys().find(first.id().substring(0, 8)), desk.keys().find("WXYZ"),
                            desk.keys().find("A@example.com")))
                            .extracting(KeyEntry::id).containsOnly(first.id());
                    assertThatThrownBy(() -> desk.keys().find("")).isInstanceOf(UnknownKey.class).hasMessageContaining("2 keys match");
                    assertThatThrownBy(() -> desk.keys().remove("nothing")).isInstanceOf(UnknownKey.class)
                            .hasMessageContaining("'nothing'");
                });
    }

    @Test
    void aDisabledKeyIsTestedAgainByAndBy() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("demo-key-1"), "cli"), desk -> {
                String key = desk.keys().list().getFirst().id();
                gemini.failKey("demo-key-1", Refusal.KEY_SUSPENDED);
                desk.keys().verify(key);
                desk.keys().testDisabled();
                clock.advance(Duration.ofMinutes(10));
                desk.keys().testDisabled();
                assertThat(desk.keys().find(key).status()).isEqualTo("disabled");
                gemini.repairKey("demo-key-1");
                clock.advance(Duration.ofMinutes(19));
                desk.keys().testDisabled();
                assertThat(desk.keys().find(key).status()).isEqualTo("disabled");
                clock.advance(Duration.ofMinutes(1));
                desk.keys().testDisabled();
                assertThat(desk.keys().find(key).status()).isEqualTo("active");
            });
        }
    }

    @Test
    void aModelThatAKeyLacksMakesTheListsBeReadAgain() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("demo-key-1"), "cli"), desk -> {
                take(desk).modelUnavailable(Scope.KEY_MODEL, clock.in(Duration.ofHours(1)), "404");
                await(() -> desk.keys().list().getFirst().models() > 3);
            });
        }
    }

    @Test
    void aCheckTellsModelsDisablesAndEnables() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("demo-key-1 demo-key-2"), "cli"), desk -> {
                String first = desk.keys().list().getFirst().id();
                gemini.failKey("demo-key-1", Refusal.KEY_SUSPENDED);
                assertThat(desk.keys().verify(first)).isInstanceOfSatisfying(CheckResult.Invalid.class, invalid -> {
                    assertThat(invalid.reason()).isEqualTo("CONSUMER_SUSPENDED");
                    assertThat(invalid.message()).doesNotContain("demo-key-1");
                });
                assertThat(desk.keys().find(first).status()).isEqualTo("disabled");
                gemini.repairKey("demo-key-1");
                assertThat(desk.keys().verify(first)).isInstanceOf(CheckResult.Valid.class);
                assertThat(desk.keys().find(first).status()).isEqualTo("active");
                desk.keys().refreshModels();
                assertThat(desk.keys().list()).allMatch(key -> key.models() > 3);
                assertThat(desk.catalogue().find("models/" + MODEL)).get().satisfies(model -> {
                    assertThat(model.inputTokenLimit()).isPositive();
                    assertThat(model.methods()).contains("generateContent");
                });
            });
        }
        run(desk -> {
            assertThat(desk.catalogue().all()).as("the last good list stays").hasSizeGreaterThan(3);
            desk.keys().refreshModels();
            assertThat(desk.catalogue().all()).hasSizeGreaterThan(3);
            assertThat(desk.keys().list()).allMatch(key -> key.status().equals("active"));
        });
    }

    @Test
    void modelsCountAsLongAsAUsableKeyHasThem() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("demo-key-1 demo-key-2"), "cli"), desk -> {
                desk.keys().refreshModels();
                for (String key : List.of("demo-key-1", "demo-key-2")) {
                    assertThat(desk.catalogue().all()).as("before " + key + " is disabled").hasSizeGreaterThan(3);
                    gemini.failKey(key, Refusal.KEY_SUSPENDED);
                    desk.keys().refreshModels();
                }
                assertThat(desk.catalogue().all()).isEmpty();
                gemini.repairKey("demo-key-2");
                desk.keys().list().forEach(key -> desk.keys().verify(key.id()));
                assertThat(desk.catalogue().all()).hasSizeGreaterThan(3);
            });
        }
    }

    @Test
    void aKeyCalledInvalidIsCheckedInTheBackgroundAndDisabled() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("revoked-secret-key demo-key-1"), "cli"), desk -> {
                take(desk).rejected(Scope.KEY, "API_KEY_INVALID", "not valid");
                await(() -> desk.keys().list().getFirst().status().equals("disabled"));
                assertThat(take(desk).key().reveal()).isEqualTo("demo-key-1");
            });
        }
    }

    @Test
    void aKeyCalledInvalidInPassingIsBackAfterItsCheck() {
        try (SimulatedGemini gemini = SimulatedGemini.demo().start()) {
            settings.put("HYDRA_GEMINI_URL", gemini.url().toString());
            run(desk -> desk.keys().add(KeyList.parse("demo-key-1"), "cli"), desk -> {
                take(desk).rejected(Scope.KEY, "API_KEY_INVALID", "not valid");
                await(() -> desk.keys().list().getFirst().status().equals("active"));
                take(desk).rejected(Scope.KEY, "API_KEY_INVALID", "not valid");
                await(() -> desk.keys().list().getFirst().status().equals("disabled"));
            });
        }
    }

    @Test
    void withoutAnAnswerTheCatalogueSaysWhy() {
        run(desk -> {
            assertThat(desk.catalogue().trouble()).get().asString().contains("No key");
            desk.keys().add(KeyList.parse("demo-key-1"), "cli");
            desk.keys().refreshModels();
            assertThat(desk.catalogue().all()).isEmpty();
            assertThat(desk.catalogue().trouble()).get().asString().contains("cannot be reached");
        });
    }

    @Test
    void aProjectThatTheProviderNamedIsKnownAfterARestartForItsSiblingsToo() {
        run(desk -> desk.keys()
                .add(KeyList.parse("[{\"api_key\":\"k-1\",\"project_id\":\"mine\"},{\"api_key\":\"k-2\",\"project_id\":\"mine\"}]"), "cli"),
                desk -> {
                    Lease lease = take(desk);
                    lease.learnProject("projects/42");
                    lease.succeeded(1);
                    await(() -> desk.keys().list().stream().allMatch(key -> key.bucket().equals("projects/42")));
                    desk.keys().add(KeyList.parse("later-key"), "cli");
                });
        assertThat(run(desk -> {
        })).extracting(KeyEntry::bucket).containsExactly("projects/42", "projects/42", "");
    }

    @Test
    void theServersStartAndEndKeepEverything() {
        settings.put("GEMINI_API_KEYS", "env-secret-1,env-secret-2");
        Settings all = TestSettings.in(home, settings);
        for (int round = 1; round <= 2; round++) {
            try (Database database = new Database(all); Background background = new Background(); KeyCheck check = new KeyCheck(all)) {
                LocalState state = new LocalState(all, Clock.systemUTC());
                KeyStore store = new KeyStore(database, new Encryption(all, database));
                Caps caps = new Caps(all, database, Clock.systemUTC());
                KeyPool pool = new KeyPool(state, caps, Clock.systemUTC());
                Keys keys = new Keys(all, new KeyBook(store, Clock.systemUTC()), pool, check, new ModelCatalogue(store), background);
                ModelNames names = new ModelNames(all, database, state, new ModelCatalogue(store));
                try (Upkeep upkeep = new Upkeep(keys, new StateStore(database, state), names, caps, background, Clock.systemUTC())) {
                    upkeep.start();
                    ((Offer.Granted) pool.lease(new LeaseRequest(MODEL, 0, List.of(), Set.of()))).lease().succeeded(5);
                    assertThat(state.snapshot().days().values().stream().mapToLong(Snapshot.Day::requests).sum()).isEqualTo(round);
                }
            }
        }
    }

    @SafeVarargs
    private List<KeyEntry> run(Consumer<KeyDesk>... steps) {
        Settings all = TestSettings.in(home, settings);
        try (Database database = new Database(all); KeyDesk desk = new KeyDesk(all, database, new Encryption(all, database), clock)) {
            for (Consumer<KeyDesk> step : steps) {
                step.accept(desk);
            }
            return desk.keys().list();
        }
    }

    private Path file(String text) throws IOException {
        Path file = Files.writeString(home.resolve("my keys.json"), text);
        settings.put("HYDRA_KEYS_FILE", file.toString());
        return file;
    }

    private static Lease take(KeyDesk desk) {
        return ((Offer.Granted) desk.pool().lease(new LeaseRequest(MODEL, 0, List.of(), Set.of()))).lease();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
