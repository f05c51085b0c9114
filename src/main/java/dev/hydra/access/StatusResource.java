package dev.hydra.access;

import dev.hydra.Version;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Clock;

/** What an operator wants to know first about a running server. Guarded by {@link Access}. */
@Path("admin/api/status")
public class StatusResource {
    @Inject
    private Access access;
    @Inject
    private Tokens tokens;
    @Inject
    private Settings settings;
    @Inject
    private Clock clock;

    /** {@code {version, uptimeSeconds, mode: open|closed, tokens: {active, all}, database: h2|postgresql|mysql|mariadb|server}}. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] status() {
        var known = tokens.list();
        long active = known.stream().filter(token -> token.state(clock.instant()) == Token.State.ACTIVE).count();
        JsonObject status = Json.objectBuilder()
                .add("version", Version.TEXT)
                .add("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .add("mode", access.isOpen() ? "open" : "closed")
                .add("tokens", Json.objectBuilder().add("active", active).add("all", known.size()))
                .add("database", database(settings.database()))
                .build();
        return Json.bytes(status);
    }

    private static String database(Settings.Database database) {
        if (database.jndi().isPresent()) {
            return "server";
        }
        return database.url()
                .map(url -> url.startsWith("jdbc:") && url.indexOf(':', 5) > 0 ? url.substring(5, url.indexOf(':', 5)) : "unknown")
                .orElse("h2");
    }
}
