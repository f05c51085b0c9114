package dev.hydra.cli;

import dev.hydra.access.Token;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.Keys;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra reset}. */
@Command(name = "reset", description = "Clear rate limits, or everything.")
final class ResetCommand implements Runnable {
    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    @ArgGroup(multiplicity = "1")
    private final What what = new What();

    @Option(names = {"-y", "--yes"}, description = "Do not ask.")
    private boolean yes;

    /** Exactly one. */
    static final class What {
        @Option(names = "--rate-limits", required = true, description = "Clear cooldowns, pauses, counters and disabled marks of the keys.")
        private boolean rateLimits;

        @Option(names = "--all", required = true,
                description = "Clear these, remove all keys and revoke all tokens. The gateway stays closed until a new token is made.")
        private boolean all;
    }

    ResetCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (Backend hydra = target.open()) {
            List<KeyEntry> keys = hydra.keys();
            List<Token> tokens = hydra.tokens().stream().filter(token -> token.revoked().isEmpty()).toList();
            if (what.all && !yes && !console.confirms("Remove " + keys.size() + " keys and revoke " + tokens.size() + " tokens?")) {
                throw new CommandFailed("nothing was changed.");
            }
            Keys.Reset cleared = hydra.resetPool();
            console.print(
                    "Cleared: " + cleared.rests() + " cooldowns, " + cleared.pauses() + " pauses, " + cleared.counters() + " counters; "
                            + cleared.enabled() + " keys enabled again.");
            if (what.all) {
                keys.forEach(key -> hydra.removeKey(key.id()));
                tokens.forEach(token -> hydra.revokeToken(token.id()));
                console.print("Removed: " + keys.size() + " keys. Revoked: " + tokens.size() + " tokens.");
            }
        }
    }
}
