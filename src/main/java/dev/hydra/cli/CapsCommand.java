package dev.hydra.cli;

import dev.hydra.keys.Cap;
import dev.hydra.keys.CapProgress;
import dev.hydra.keys.InvalidEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra caps}: how much models may be used. */
@Command(name = "caps", aliases = "cap",
        description = "How much models may be used in an hour, day, week or month: add, list, remove. Alone: list.")
final class CapsCommand implements Runnable {
    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    CapsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(target, false);
    }

    @Command(name = "list", description = "All caps with what was used of them.")
    void list(@Mixin BackendOptions backend,
            @Option(names = "--accounts", description = "Also what each account has used.") boolean accounts) {
        try (Backend hydra = backend.open()) {
            List<CapProgress> caps = hydra.caps();
            if (caps.isEmpty()) {
                console.print("There is no cap. Set one: hydra caps add NAME --models 'gemini-2.5-pro*' --limit 100");
                return;
            }
            Table table = new Table("NAME", "MODELS", "LIMIT", "USED", "STATE", "RESETS", "WHEN REACHED");
            caps.forEach(cap -> row(table, cap, accounts));
            table.lines().forEach(console::print);
        }
    }

    private static void row(Table table, CapProgress progress, boolean accounts) {
        Map<String, String> cap = progress.cap().fields();
        table.row(progress.cap().name(), cap.get("models"),
                cap.get("limit") + " " + cap.get("unit") + "/" + cap.get("period") + (cap.get("per").equals("account") ? "/account" : ""),
                progress.used() + " (" + progress.percent() + " %)", progress.state(), progress.resets().toString(), cap.get("action"));
        if (accounts) {
            progress.accounts().forEach(use -> table.row("", use.account(), "", use.used() + " (" + use.percent() + " %)", "", "", ""));
        }
    }

    /** What a cap is made of; what is not given has a default. */
    static final class Fields {
        @Option(names = "--models", required = true, description = "A model's name, * for any text.")
        private String models = "";
        @Option(names = "--limit", required = true, description = "How many requests or tokens.")
        private String limit = "";
        @Option(names = "--unit", defaultValue = "requests", description = "requests or tokens. Default: ${DEFAULT-VALUE}.")
        private String unit = "";
        @Option(names = "--period", defaultValue = "day", description = "hour, day, week or month. Default: ${DEFAULT-VALUE}.")
        private String period = "";
        @Option(names = "--per", defaultValue = "all",
                description = "all: accounts share the limit; account: each has its own. Default: ${DEFAULT-VALUE}.")
        private String per = "";
        @Option(names = "--action", defaultValue = "reject",
                description = "When it is reached: reject, or try_next for the alias's next model. Default: ${DEFAULT-VALUE}.")
        private String action = "";
        @Option(names = "--alert", defaultValue = "80", description = "Percent at which you are warned. Default: ${DEFAULT-VALUE}.")
        private String alert = "";
        @Option(names = "--reset-time", defaultValue = "00:00", description = "When a period begins. Default: ${DEFAULT-VALUE}.")
        private String resetTime = "";
        @Option(names = "--zone", defaultValue = "America/Los_Angeles",
                description = "Time zone of the reset time. Default: ${DEFAULT-VALUE}, as for Google's own quotas.")
        private String zone = "";
        @Option(names = "--disabled", description = "Keep it without effect.")
        private boolean disabled;

        private Map<String, String> texts() {
            Map<String, String> texts = new HashMap<>(Map.of("models", models, "limit", limit, "unit", unit, "period", period, "per", per));
            texts.putAll(Map.of("action", action, "alert", alert, "reset_time", resetTime, "zone", zone, "enabled",
                    Boolean.toString(!disabled)));
            return texts;
        }
    }

    @Command(name = "add", aliases = "set", description = "Set a cap, or change the one of this name.")
    void add(@Mixin BackendOptions backend, @Mixin Fields fields,
            @Parameters(paramLabel = "NAME", description = "What you call it.") String name) {
        try (Backend hydra = backend.open()) {
            Cap cap = Cap.of(name, fields.texts());
            hydra.setCap(cap);
            console.print(name + ": " + cap.words() + " for " + cap.models() + (cap.enabled() ? "." : ", disabled."));
        } catch (InvalidEntry e) {
            throw new CommandFailed(e.getMessage());
        }
    }

    @Command(name = "remove", aliases = "rm", description = "Remove a cap.")
    void remove(@Mixin BackendOptions backend, @Parameters(paramLabel = "NAME", description = "The cap.") String name) {
        try (Backend hydra = backend.open()) {
            hydra.removeCap(name);
            console.print("Removed: " + name);
        }
    }
}
