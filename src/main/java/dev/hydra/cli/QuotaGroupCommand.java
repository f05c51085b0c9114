package dev.hydra.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hydra quota-group}: models that share one quota of their project. */
@Command(name = "quota-group", aliases = "quota-groups", description = "Models that share a quota: add, list, remove. Alone: list.")
final class QuotaGroupCommand implements Runnable {
    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    QuotaGroupCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(target);
    }

    @Command(name = "list", description = "All groups.")
    void list(@Mixin BackendOptions backend) {
        try (Backend hydra = backend.open()) {
            SortedMap<String, SortedSet<String>> groups = hydra.quotaGroups();
            if (groups.isEmpty()) {
                console.print("There is no quota group. Make one: hydra quota-group add NAME MODEL MODEL");
                return;
            }
            Table table = new Table("GROUP", "MODELS");
            groups.forEach((name, models) -> table.row(name, String.join(" ", models)));
            table.lines().forEach(console::print);
        }
    }

    @Command(name = "add", description = "Put models into a group; they leave the one that they were in.")
    void add(@Mixin BackendOptions backend, @Parameters(paramLabel = "GROUP", description = "The group's name.") String name,
            @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Models that share a quota.") List<String> models) {
        try (Backend hydra = backend.open()) {
            hydra.addToQuotaGroup(name, models);
            console.print(name + ": " + String.join(" ", hydra.quotaGroups().get(name)));
        }
    }

    @Command(name = "remove", aliases = "rm", description = "End a group: each of its models has its own quota again.")
    void remove(@Mixin BackendOptions backend, @Parameters(paramLabel = "GROUP", description = "The group's name.") String name) {
        try (Backend hydra = backend.open()) {
            hydra.removeQuotaGroup(name);
            console.print("Removed: " + name);
        }
    }
}
