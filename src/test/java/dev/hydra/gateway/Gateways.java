package dev.hydra.gateway;

import dev.hydra.dialect.Archive;
import dev.hydra.dialect.gemini.GeminiDialect;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.Keys;
import dev.hydra.keys.LocalState;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelNames;
import dev.hydra.keys.SharedState;
import dev.hydra.settings.Settings;
import dev.hydra.upstream.GeminiUpstream;
import dev.hydra.wire.HttpSender;
import dev.hydra.wire.Sleeper;
import java.time.Clock;
import java.util.List;

/** The parts of the gateway for tests of other packages, put together by hand. */
public final class Gateways {
    private Gateways() {
    }

    /** A gateway before the Gemini API of the settings. */
    public static Gateway of(Settings settings, KeyPool pool, SharedState state, HttpSender sender, Clock clock, Belongings belongings) {
        Seals seals = new Seals(state);
        Failover failover = new Failover(pool, new Attempts(sender, seals, settings, clock), settings, clock, duration -> {
        });
        Plans plans = new Plans(Routes.of(List.of(new GeminiUpstream(settings)), List.of(new GeminiDialect())),
                new Translations(seals, new OutsideMedia(settings), settings), caller -> Archive.NONE, belongings, settings);
        return new Gateway(plans, failover, new Records(List.of(), clock), new InFlight(settings, Sleeper.SYSTEM), settings);
    }

    /** The models of these keys. */
    public static Models models(Keys keys, ModelCatalogue catalogue, ModelNames names, Clock clock) {
        return new Models(keys, catalogue, names, clock);
    }

    /** An empty state. */
    public static SharedState state(Settings settings, Clock clock) {
        return new LocalState(settings, clock);
    }
}
