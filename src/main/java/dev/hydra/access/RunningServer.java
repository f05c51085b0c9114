package dev.hydra.access;

import dev.hydra.secret.Secret;
import dev.hydra.store.PrivateFiles;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a running server leaves in its home for the commands of the same user: {@code server.json}, mode 0600 (design §10.3).
 *
 * @param address    where it listens, without a path
 * @param credential opens the admin API of this one run
 * @param process    its process id
 */
public record RunningServer(URI address, Secret credential, long process) {
    private static final String FILE = "server.json";

    /** The server that left its file in {@code home} and whose process is alive; empty also when the file cannot be read. */
    public static Optional<RunningServer> in(Path home) {
        try {
            JsonObject json = Json.object(Files.readAllBytes(home.resolve(FILE)));
            RunningServer server = new RunningServer(URI.create(json.getString("address")), Secret.of(json.getString("credential")),
                    json.getJsonNumber("process").longValueExact());
            return Optional.of(server).filter(found -> ProcessHandle.of(found.process).isPresent());
        } catch (IOException | JsonException | IllegalArgumentException | ArithmeticException | NullPointerException
                | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Leaves the file, in place of what an earlier run left. */
    void announce(Path home) throws IOException {
        byte[] json = Json.bytes(Json.objectBuilder().add("address", address.toString()).add("credential", credential.reveal())
                .add("process", process).build());
        Files.deleteIfExists(home.resolve(FILE));
        PrivateFiles.createWhole(home.resolve(FILE), json);
    }

    /** Removes the file if it is this server's. */
    void withdraw(Path home) throws IOException {
        if (in(home).filter(this::equals).isPresent()) {
            Files.deleteIfExists(home.resolve(FILE));
        }
    }
}
