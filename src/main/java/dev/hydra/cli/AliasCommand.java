package dev.hydra.cli;

import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra alias}: names under which clients may ask for a model. */
@Command(name = "alias", aliases = "aliases", description = "Names of models: add, list, remove. Alone: list.")
final class AliasCommand implements Runnable {
    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    AliasCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(target);
    }

    @Command(name = "list", description = "Aliases that were set. Those that are built in for OpenAI's and Claude's names are not shown.")
    void list(@Mixin BackendOptions backend) {
        try (Backend hydra = backend.open()) {
            SortedMap<String, List<String>> aliases = hydra.aliases();
            if (aliases.isEmpty()) {
                console.print("No alias was set. Set one: hydra alias add NAME MODEL");
                return;
            }
            Table table = new Table("NAME", "MODEL");
            aliases.forEach((name, models) -> table.row(name, String.join(", then ", models)));
            table.lines().forEach(console::print);
        }
    }

    @Command(name = "add", aliases = "set",
            description = "Let MODEL serve requests for NAME; of several, the next where one has no quota, is capped or is overloaded.")
    void add(@Mixin BackendOptions backend, @Parameters(paramLabel = "NAME", description = "What clients ask for.") String name,
            @Parameters(paramLabel = "MODEL", arity = "1..*",
                    description = "The model that answers, e.g. gemini-2.5-pro.") List<String> models) {
        try (Backend hydra = backend.open()) {
            hydra.setAlias(name, models);
            console.print("Requests for " + name + " go to " + String.join(", then ", models) + ".");
        }
    }

    @Command(name = "remove", aliases = "rm", description = "Remove an alias.")
    void remove(@Mixin BackendOptions backend, @Parameters(paramLabel = "NAME", description = "The alias.") String name) {
        try (Backend hydra = backend.open()) {
            hydra.removeAlias(name);
            console.print("Removed: " + name);
        }
    }
}
