package dev.hydra.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hydra.keys.KeyList.Problem;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configured file of keys in which something is wrong: each entry's trouble is told, the good ones are taken, and what was there before stays. */
class BadKeysFileTest {
    @TempDir
    Path home;
    private final Map<String, String> settings = new HashMap<>();

    private void run(Consumer<KeyDesk> step) {
        Settings all = TestSettings.in(home, settings);
        try (Database database = new Database(all);
                KeyDesk desk = new KeyDesk(all, database, new Encryption(all, database), Clock.systemUTC())) {
            step.accept(desk);
        }
    }

    private void file(String text) throws Exception {
        settings.put("HYDRA_KEYS_FILE", Files.writeString(home.resolve("configured.json"), text).toString());
    }

    /** @param taken how many good keys it has; {@code problem}: how what is told of it begins */
    private record Mistake(String text, int taken, String problem) {
    }

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("[\"good-key-1\", {\"api_key\": ]", 1, "The JSON is broken at line 1, column "),
            new Mistake("[\"good-key-1\",\n \"good-key-2\"", 2, "The JSON is broken at line 2, column "),
            new Mistake("[7, {\"api_key\": true}, {\"api_key\": \"good-key-1\"}]", 1,
                    "entry 1: must be an object with api_key, or a text, but is a number."),
            new Mistake("[\"good-key-1\", {\"api_key\": [\"x\"]}]", 1, "entry 2, field api_key: must be a text, but is a list."),
            new Mistake("[\"good-key-1\", {\"email\": \"a@example.com\"}]", 1,
                    "entry 2, field api_key: is missing or empty; it must be a Gemini API key."),
            new Mistake("[\"good-key-1\", \"\", \"good-key-2\"]", 2, "entry 2: is missing or empty; it must be a Gemini API key."),
            new Mistake("[\"good-key-1\", {\"api_key\": \"good-key-1\"}]", 1, "entry 2, field api_key: is the same key as entry 1."),
            new Mistake("[{\"api_key\": \"good-key-1\", \"project_id\": 5}, \"good-key-2\"]", 1,
                    "entry 1, field project_id: must be a text, but is a number."),
            new Mistake("[{\"api_key\": \"good-key-1\", \"tier\": \"gold\"}, \"good-key-2\"]", 1,
                    "entry 1, field tier: must be free, standard, premium or enterprise, but is 'gold'."),
            new Mistake("[\"good key 1\", \"good-key-2\"]", 1, "entry 1: has a space or a character that no key has"),
            new Mistake("[\"AIza***\", \"good-key-2\"]", 1, "entry 1: is a masked preview of a key, not a key."));

    @Test
    void eachMistakeIsToldAndCostsItsOwnEntryAlone() throws Exception {
        Settings without = TestSettings.in(home, Map.of());
        try (Database database = new Database(without)) {
            for (Mistake mistake : MISTAKES) {
                Path file = Files.writeString(home.resolve("configured.json"), mistake.text);
                Settings all = TestSettings.in(home, Map.of("HYDRA_KEYS_FILE", file.toString(), "GEMINI_API_KEYS", "from-environment-1"));
                try (KeyDesk desk = new KeyDesk(all, database, new Encryption(all, database), Clock.systemUTC())) {
                    assertThat(desk.keys().sync()).extracting(Problem::toString)
                            .anySatisfy(told -> assertThat(told).startsWith(mistake.problem));
                    assertThat(desk.attention()).extracting(Attention.Item::kind).contains(Attention.Kind.KEYS);
                    assertThat(desk.keys().list()).as(mistake.text).hasSize(mistake.taken + 1);
                }
                try (KeyDesk desk = new KeyDesk(all, database, new Encryption(all, database), Clock.systemUTC())) {
                    desk.keys().sync();
                    assertThat(desk.keys().list()).as("stored once, whole: " + mistake.text).hasSize(mistake.taken + 1)
                            .allSatisfy(key -> assertThat(key.status()).isEqualTo("active"));
                }
                database.run(manager -> manager.createQuery("delete from ProviderKey k").executeUpdate());
            }
        }
    }

    @Test
    void keysOfOneProjectAreTakenAndTold() throws Exception {
        KeyList list = KeyList.parse("[{\"api_key\":\"a-key-1\",\"project_id\":\"p\"},{\"api_key\":\"a-key-2\",\"project_id\":\"q\"},"
                + "{\"api_key\":\"a-key-3\",\"project_id\":\"p\"},\"a-key-4\",\"a-key-5\"]");
        assertThat(list.problems()).isEmpty();
        assertThat(list.keys()).hasSize(5);
        assertThat(list.notes()).extracting(Problem::toString)
                .containsExactly("entry 3, field project_id: is the project of entry 1 too: both were taken, "
                        + "but share one quota, since Gemini's limits are per project.");
    }

    @Test
    void ofTenThousandEntriesTheBadOnesAreNamedAndTheOthersStored() throws Exception {
        file(IntStream.rangeClosed(1, 10_000).mapToObj(i -> i % 1000 == 0 ? "{\"api_key\": " + i + "}"
                : "{\"api_key\": \"key-number-" + i + "\", \"project_id\": \"p" + i + "\"}").collect(Collectors.joining(",\n", "[", "]")));
        run(desk -> {
            assertThat(desk.keys().sync()).hasSize(10).allSatisfy(problem -> assertThat(problem.entry() % 1000).isZero())
                    .allSatisfy(problem -> assertThat(problem.message()).isEqualTo("must be a text, but is a number."));
            assertThat(desk.keys().list()).hasSize(9_990);
        });
        run(desk -> {
            List<KeyEntry> keys = desk.keys().list();
            assertThat(keys).hasSize(9_990);
            assertThat(keys.getFirst().project()).isEqualTo("p1");
            assertThat(keys.getLast().project()).isEqualTo("p9999");
        });
    }
}
