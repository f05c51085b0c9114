package dev.hydra.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hydra.gateway.Exchange;
import dev.hydra.gateway.FinishedExchange;
import dev.hydra.settings.Settings;
import dev.hydra.settings.TestSettings;
import dev.hydra.store.Database;
import jakarta.json.bind.JsonbBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, and what the admin API shows of it, over a real H2 database. */
class RowsTest {
    @TempDir
    private Path home;

    private Settings settings;
    private Database database;

    @BeforeEach
    void open() {
        settings = TestSettings.in(home, Map.of("HYDRA_AUDIT_FLUSH", "10ms"));
        database = new Database(settings);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyFactOfAnExchangeIsKept() {
        give(FinishedExchange.ok("req_1"));
        AuditEntry entry = newest();
        assertThat(entry.who()).isEqualTo(new AuditEntry.Who("t1", "test", "192.0.2.7"));
        assertThat(entry.asked()).isEqualTo(new AuditEntry.Asked(FinishedExchange.STARTED, "req_1", "chat", "gpt-4o", true, 200));
        assertThat(entry.tried()).isEqualTo(new AuditEntry.Tried("gemini-2.5-flash", "gemini", "bbbbbbbbbbbb", 2,
                "gemini/gemini-2.5-flash aaaaaaaaaaaa exhausted 429 12ms; gemini/gemini-2.5-flash bbbbbbbbbbbb accepted 200 34ms"));
        assertThat(entry.answered()).usingRecursiveComparison().ignoringFields("tookMillis", "firstByteMillis")
                .isEqualTo(new AuditEntry.Answered(200, 0, null, 1000, "logit_bias,user", ""));
        assertThat(entry.answered().firstByteMillis()).isNotNull();
        assertThat(entry.tokens()).isEqualTo(new AuditEntry.Tokens(10, 2, 30, 4, 40));
    }

    @Test
    void everyColumnHoldsItsOwnValueByTheStatementAndByTheEntity() {
        AuditEntry byStatement = distinct("id-1", 17L);
        AuditEntry byEntity = distinct("id-2", null);

        assertThat(new Rows(database).store(List.of(byStatement))).isZero();
        database.run(manager -> manager.merge(byEntity.row()));

        assertThat(new AuditResource(database).exchanges(10, "j").entries()).containsExactly(byEntity, byStatement);
        assertThat(new Rows(database).store(List.of(distinct("id-3", null)))).isZero();
        assertThat(newestBefore("j")).isEqualTo(distinct("id-3", null));
    }

    private static AuditEntry distinct(String id, Long firstByte) {
        return new AuditEntry(id, new AuditEntry.Who("a", "b", "c"),
                new AuditEntry.Asked(Instant.ofEpochMilli(1), "d", "e", "f", true, 2), new AuditEntry.Tried("g", "h", "i", 3, "j"),
                new AuditEntry.Answered(4, 5, firstByte, 6, "k", "l"), new AuditEntry.Tokens(7, 8, 9, 10, 11));
    }

    @Test
    void noKeyReachesARowWhereverItWasWritten() {
        String key = "AIza" + "Sy0123456789_-".repeat(3).substring(0, 35);
        String newKey = "AQ." + "Ab0123456789_-".repeat(3);
        String token = "sk-" + "hydra-0123456789abcdef";
        give(FinishedExchange.failed(key, "API key not valid: " + key + ", " + newKey + " and " + token));
        AuditEntry entry = newest();
        assertThat(JsonbBuilder.create().toJson(entry)).doesNotContain(key, newKey, token, key.substring(4));
        assertThat(entry.answered().failure()).isEqualTo("API key not valid: [redacted], [redacted] and [redacted]");
        assertThat(entry.asked().modelAsked()).isEqualTo("[redacted]");
        assertThat(entry.answered().firstByteMillis()).isNull();
    }

    @Test
    void hostileTextsAreMadeToFit() {
        give(FinishedExchange.failed("\u0000" + "😀".repeat(500), "\uD800 x".repeat(5000)));
        AuditEntry entry = newest();
        assertThat(entry.asked().modelAsked()).startsWith("?😀").hasSize(199).endsWith("😀");
        assertThat(entry.answered().failure()).startsWith("? x? x").hasSize(1000);
    }

    @Test
    void whatTheDatabaseRefusesDoesNotHoldUpTheRest() {
        EntryIds ids = new EntryIds();
        List<Entry> batch = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> batch.add(Facts.of(FinishedExchange.ok("r" + i), ids.next(i))));
        batch.add(2, new AdminEvent(ids.next(9), Instant.EPOCH, "a".repeat(201), "", "", ""));
        assertThat(new Rows(database).store(batch)).isEqualTo(1);
        assertThat(new Rows(database).store(batch)).as("again, with the same ids").isEqualTo(1);
        AuditResource resource = new AuditResource(database);
        assertThat(resource.exchanges(100, "g").entries()).hasSize(5);
        assertThat(resource.adminEvents(100, "g").events()).isEmpty();
    }

    @Test
    void pagesComeNewestFirst() {
        try (AuditLog log = new AuditLog(settings, database)) {
            IntStream.range(0, 25).forEach(i -> log.finished(FinishedExchange.ok("r" + i)));
            log.record("admin", "127.0.0.1", "key.disabled", "aaaaaaaaaaaa");
        }
        AuditResource resource = new AuditResource(database);
        List<String> seen = new ArrayList<>();
        String before = "g";
        List<AuditEntry> page = resource.exchanges(10, before).entries();
        while (!page.isEmpty()) {
            page.forEach(entry -> seen.add(entry.asked().requestId()));
            page = resource.exchanges(10, page.getLast().id()).entries();
        }
        assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "r" + (24 - i)).toList());
        assertThat(resource.exchanges(0, before).entries()).as("limit is at least 1").hasSize(1);
        assertThat(resource.adminEvents(10, before).events()).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("key.disabled");
            assertThat(event.subject()).isEqualTo("aaaaaaaaaaaa");
        });
    }

    @Test
    void whatTheDatabaseCouldNotTakeIsStoredAfterTheNextStart() {
        AuditLog log = new AuditLog(settings, database);
        database.close();
        IntStream.range(0, 700).forEach(i -> log.finished(FinishedExchange.ok("r" + i)));
        log.close();
        assertThat(log.lost()).isZero();
        database = new Database(settings);
        AuditLog next = new AuditLog(settings, database);
        await().atMost(Duration.ofMinutes(1)).until(() -> new PendingFile(home).isEmpty());
        next.close();
        assertThat(new AuditResource(database).exchanges(1000, "g").entries()).hasSize(700);
    }

    private void give(Exchange exchange) {
        try (AuditLog log = new AuditLog(settings, database)) {
            log.finished(exchange);
        }
    }

    private AuditEntry newest() {
        return newestBefore("g");
    }

    private AuditEntry newestBefore(String id) {
        return new AuditResource(database).exchanges(1, id).entries().getFirst();
    }
}
