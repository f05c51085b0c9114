package dev.hydra.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the gateway that is measured is set up. */
final class GatewayOptions {
    @Option(names = "--setting", paramLabel = "NAME=VALUE",
            description = "A setting of the gateway, for example HYDRA_AUDIT_FLUSH=5s; may be repeated.")
    private Map<String, String> settings = new HashMap<>();
    @Option(names = "--redis", description = "Start a Redis server for the run and have the gateway share its state through it.")
    private boolean redis;
    @Option(names = "--keys", paramLabel = "N", defaultValue = "100",
            description = "Provider keys of the gateway, each of its own project (default ${DEFAULT-VALUE}).")
    private int keys;
    @Option(names = "--tokens", paramLabel = "N", defaultValue = "1",
            description = "Access tokens in the gateway's database, one of which is used (default ${DEFAULT-VALUE}).")
    private int tokens;
    @Option(names = "--rows", paramLabel = "N", defaultValue = "0",
            description = "Rows of audit in the gateway's database before it starts (default ${DEFAULT-VALUE}).")
    private int rows;

    /**
     * Starts the gateway.
     *
     * @param provider port of the simulated provider
     * @param usual    settings that {@code --setting} may replace
     */
    GatewayProcess start(Path directory, int provider, Map<String, String> usual) {
        Map<String, String> all = new HashMap<>(usual);
        all.putAll(settings);
        return GatewayProcess.start(directory, provider, new Stock(keys, tokens, rows), redis, all);
    }
}
