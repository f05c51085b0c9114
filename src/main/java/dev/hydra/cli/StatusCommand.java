package dev.hydra.cli;

import dev.hydra.keys.KeyEntry;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra status}. */
@Command(name = "status", description = "Whether a server runs, who may use it, keys and tokens.")
final class StatusCommand implements Runnable {
    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (Backend hydra = target.open()) {
            JsonObject status = hydra.status();
            List<KeyEntry> keys = hydra.keys();
            if (json) {
                var counts = Json.objectBuilder();
                KeyTable.counts(keys).forEach(counts::add);
                console.print(Json.objectBuilder(status).add("keys", counts).build().toString());
                return;
            }
            boolean running = status.getBoolean("running");
            console.print("Server:   " + (running
                    ? "runs at " + status.getString("address") + " for " + duration(status.getInt("uptimeSeconds")) : "does not run"));
            console.print("Version:  " + status.getString("version"));
            if (running) {
                console.print("Access:   " + (status.getString("mode").equals("open") ? "open to this machine only, any key is accepted"
                        : "closed, clients need a token"));
                console.print("Cluster:  " + cluster(status.getJsonObject("cluster")));
            }
            console.print("Keys:     " + (keys.isEmpty() ? "none yet" : KeyTable.summary(keys)));
            JsonObject tokens = status.getJsonObject("tokens");
            console.print("Tokens:   " + tokens.getInt("active") + " that work, " + tokens.getInt("all") + " ever made");
        }
    }

    private static String cluster(JsonObject cluster) {
        int nodes = cluster.getInt("nodes");
        return switch (cluster.getString("redis")) {
            case "joined" -> nodes == 1 ? "the only node that Redis knows of" : nodes + " nodes share quotas through Redis";
            case "lost" -> "Redis is lost (" + cluster.getString("trouble") + "), this node keeps " + (nodes == 1 ? "the quotas"
                    : "its part of the quotas, 1 of " + nodes);
            default -> "none, this node is alone";
        };
    }

    private static String duration(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
