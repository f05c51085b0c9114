package dev.hydra.audit;

import dev.hydra.store.PrivateFiles;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that wait for the database: one JSON object a line, only ever appended to. To be replayed the file is renamed, so that appending
 * goes on. Safe for one thread that replays and others that append.
 */
final class PendingFile {
    private static final Logger LOG = LoggerFactory.getLogger(PendingFile.class);
    private static final int BATCH = 500;

    private final Path waiting;
    private final Path replayed;
    private final Jsonb json = JsonbBuilder.create();

    PendingFile(Path home) {
        waiting = home.resolve("audit-pending.jsonl");
        replayed = home.resolve("audit-replayed.jsonl");
    }

    /** One line; exactly one member is there. */
    public record Line(@Nullable AuditEntry exchange, @Nullable AdminEvent admin) {
        static Line of(Entry entry) {
            return switch (entry) {
                case AuditEntry exchange -> new Line(exchange, null);
                case AdminEvent admin -> new Line(null, admin);
            };
        }

        Optional<Entry> entry() {
            return Optional.<Entry>ofNullable(exchange).or(() -> Optional.ofNullable(admin));
        }
    }

    /** Appends all entries or none, and returns when they are on the disk. @throws IOException when the disk takes no more */
    synchronized void append(List<Entry> entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(json.toJson(Line.of(entry))).append('\n'));
        try (FileChannel file = PrivateFiles.append(waiting)) {
            long before = file.size();
            // A line that a crash cut short must not swallow the next one: empty lines are skipped.
            ByteBuffer bytes = ByteBuffer.wrap((before > 0 ? "\n" + lines : lines.toString()).getBytes(StandardCharsets.UTF_8));
            try {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
            } catch (IOException e) {
                file.truncate(before);
                throw e;
            }
        }
    }

    /** Whether anything waits. */
    boolean isEmpty() {
        return !Files.exists(waiting) && !Files.exists(replayed);
    }

    /**
     * Gives everything that waits to {@code store}, the oldest first, and forgets it. What {@code store} throws ends it; the next call
     * begins again.
     *
     * @return how many lines were unreadable
     * @throws IOException when the file cannot be read
     */
    int replay(Consumer<List<Entry>> store) throws IOException {
        int unreadable = 0;
        while (next()) {
            try (BufferedReader lines = Files.newBufferedReader(replayed)) {
                unreadable += replay(lines, store);
            }
            Files.delete(replayed);
        }
        return unreadable;
    }

    private synchronized boolean next() throws IOException {
        if (!Files.exists(replayed) && Files.exists(waiting)) {
            Files.move(waiting, replayed);
        }
        return Files.exists(replayed);
    }

    private int replay(BufferedReader lines, Consumer<List<Entry>> store) throws IOException {
        int unreadable = 0;
        List<Entry> batch = new ArrayList<>(BATCH);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                continue;
            }
            Optional<Entry> entry = read(line);
            entry.ifPresent(batch::add);
            unreadable += entry.isPresent() ? 0 : 1;
            if (batch.size() == BATCH) {
                store.accept(batch);
                batch = new ArrayList<>(BATCH);
            }
        }
        if (!batch.isEmpty()) {
            store.accept(batch);
        }
        return unreadable;
    }

    private Optional<Entry> read(String line) {
        try {
            return json.fromJson(line, Line.class).entry();
        } catch (JsonbException e) {
            LOG.warn("A line of {} cannot be read and is dropped: {}", replayed, e.getMessage());
            return Optional.empty();
        }
    }
}
