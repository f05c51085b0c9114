package dev.hydra.bench;

import dev.hydra.access.StoredTokens;
import dev.hydra.audit.AuditEntry;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the gateway has before it starts.
 *
 * @param keys   of the provider, each of a project of its own
 * @param tokens the one that is used included
 * @param rows   of audit, spread over the 30 days before
 */
record Stock(int keys, int tokens, int rows) {
    private static final int BATCH = 1000;
    private static final Duration AUDITED = Duration.ofDays(30);

    /** Writes the keys into a file of the folder and returns it. */
    Path writeKeys(Path folder) throws IOException {
        String entries = IntStream.range(0, keys)
                .mapToObj(i -> "{\"api_key\": \"benchmark-key-" + i + "\", \"project_id\": \"benchmark-project-" + i + "\"}")
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        return Files.writeString(folder.resolve("keys.json"), entries);
    }

    /** Writes audit and all tokens but the one that is used into the gateway's database, and tells how long that took. */
    void store(Settings settings) {
        if (tokens <= 1 && rows == 0) {
            return;
        }
        Instant begin = Instant.now().minus(AUDITED);
        try (Database database = new Database(settings)) {
            // Waits for Hibernate, which is no part of what is told.
            database.run(manager -> {});
            long start = System.nanoTime();
            insert(database, tokens - 1, at -> StoredTokens.rows(at, Math.min(BATCH, tokens - 1 - at), begin));
            long between = System.nanoTime();
            insert(database, rows, at -> IntStream.range(at, Math.min(rows, at + BATCH)).mapToObj(i -> entry(i, begin).row()).toList());
            long end = System.nanoTime();
            System.out.println(String.format(Locale.ROOT, "stored: %d tokens in %.1f s, %d rows of audit in %.1f s", tokens - 1,
                    (between - start) / 1e9, rows, (end - between) / 1e9));
        }
    }

    private static void insert(Database database, int count, IntFunction<List<?>> batch) {
        for (int at = 0; at < count; at += BATCH) {
            List<?> rows = batch.apply(at);
            database.run(manager -> rows.forEach(manager::persist));
        }
    }

    private AuditEntry entry(int number, Instant begin) {
        Instant moment = begin.plus(AUDITED.multipliedBy(number).dividedBy(rows));
        String id = new UUID(moment.toEpochMilli() << 16 | 7L << 12 | number & 0xfff, Long.MIN_VALUE | number).toString();
        return new AuditEntry(id, new AuditEntry.Who("tok_0123456789", "stored-" + number % 100, "127.0.0.1"),
                new AuditEntry.Asked(moment, "req_" + number, "chat", Content.MODEL, number % 2 == 0, 230),
                new AuditEntry.Tried(Content.MODEL, "gemini", "0123456789ab", 1,
                        "gemini/" + Content.MODEL + " 0123456789ab accepted 200 812ms"),
                new AuditEntry.Answered(200, 815, 320L, 4200, "", ""), new AuditEntry.Tokens(25, 0, 140, 0, 165));
    }
}
