package dev.hydra.keys;

import dev.hydra.keys.ProviderKey.Status;
import dev.hydra.keys.Snapshot.KeyView;
import dev.hydra.keys.Snapshot.Place;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes of a row, and of what the pool knows now, what operators see. */
final class KeyEntries {
    private KeyEntries() {
    }

    static KeyEntry of(ProviderKey row, Snapshot snapshot, Instant now, boolean there, ModelCatalogue catalogue) {
        KeyView view = snapshot.keys().getOrDefault(row.id,
                new KeyView(row.consumer.isEmpty() ? row.project : row.consumer, 0, Health.GOOD));
        Optional<Rest> pause = view.health().pause().filter(rest -> rest.until().isAfter(now));
        Optional<Rest> rest = Optional.ofNullable(snapshot.rests().get(new Place(Scope.KEY, row.id, "")))
                .or(() -> Optional.ofNullable(snapshot.rests().get(new Place(Scope.PROJECT, view.project(), ""))))
                .filter(found -> found.until().isAfter(now));
        Optional<Rest> resting = pause.or(() -> rest);
        return new KeyEntry(row.id, row.hint, row.email, row.project, view.project().startsWith("key:") ? "" : view.project(),
                row.tier.name().toLowerCase(Locale.ROOT), row.source, status(row, there, pause.isPresent(), rest.isPresent()),
                reason(row, there, resting), row.status == Status.ACTIVE ? resting.map(Rest::until) : Optional.empty(),
                catalogue.names(row.listId).map(Set::size).orElse(0), view.health().failures(), view.inFlight(), row.created,
                Optional.ofNullable(row.checked));
    }

    private static String status(ProviderKey row, boolean there, boolean paused, boolean cooling) {
        if (!there) {
            return "absent";
        }
        if (row.status == Status.DISABLED) {
            return "disabled";
        }
        if (paused) {
            return "paused";
        }
        return cooling ? "cooling" : "active";
    }

    private static String reason(ProviderKey row, boolean there, Optional<Rest> resting) {
        if (!there) {
            return "its source does not have it any more";
        }
        if (row.status == Status.DISABLED) {
            return row.message.isEmpty() ? row.reason : row.reason + ": " + row.message;
        }
        return resting.map(Rest::reason).orElse("");
    }
}
