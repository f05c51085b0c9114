package dev.hydra.cli;

import dev.hydra.keys.Attention;
import dev.hydra.keys.KeyEntry;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra status}. */
@Command(name = "status", description = "Whether a server runs, who may use it, keys and tokens.")
final class StatusCommand implements Runnable {
    private static final int MOST_ITEMS = 20;

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
                var items = Json.arrayBuilder();
                hydra.attention().forEach(item -> items.add(Json.objectBuilder().add("kind", item.kind().name())
                        .add("subject", item.subject()).add("reason", item.reason())));
                console.print(Json.objectBuilder(status).add("keys", counts).add("attention", items).build().toString());
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
            attention(hydra.attention());
        }
    }

    private void attention(List<Attention.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        console.print("Look at:");
        items.stream().limit(MOST_ITEMS).forEach(item -> console.print("  " + item.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (item.subject().isEmpty() ? "" : " " + item.subject()) + ": " + item.reason()
                + item.until().map(until -> ", until " + Moments.show(Optional.of(until), "")).orElse("")));
        if (items.size() > MOST_ITEMS) {
            console.print("  and " + (items.size() - MOST_ITEMS) + " more; all with --json");
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
