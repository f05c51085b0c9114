package dev.hydra.cli;

import dev.hydra.keys.CheckResult;
import dev.hydra.keys.KeyEntry;
import dev.hydra.keys.KeyList;
import dev.hydra.keys.Keys;
import dev.hydra.keys.NewKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra keys}: the pool's keys. */
@Command(name = "keys", aliases = "key", description = "Gemini keys: add, list, remove, verify. Alone: list.")
final class KeysCommand implements Runnable {
    private static final String WHICH = "Its id, last four characters, e-mail or project, or a part of one that no other key has.";

    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    KeysCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(target, false);
    }

    @Command(name = "list", description = "All keys; never more of one than its last four characters.")
    void list(@Mixin BackendOptions backend, @Option(names = "--json", description = "As JSON.") boolean json) {
        try (Backend hydra = backend.open()) {
            List<KeyEntry> keys = hydra.keys();
            if (json) {
                console.print(KeyTable.json(keys));
            } else if (keys.isEmpty()) {
                console.print("There is no key. Add one: hydra keys add, or many: hydra setup --file keys.json");
            } else {
                KeyTable.lines(keys).forEach(console::print);
            }
        }
    }

    @Command(name = "add", description = {"Add keys and verify them.",
        "Without KEY they are read from standard input, which keeps them out of the shell's history."})
    int add(@Mixin BackendOptions backend,
            @Parameters(paramLabel = "KEY", arity = "0..*", description = "Gemini API keys.") @Nullable List<String> texts,
            @Option(names = "--email", defaultValue = "", description = "Account that they belong to.") String email,
            @Option(names = "--project", defaultValue = "",
                    description = "Google Cloud project that they belong to; keys of one project share its quota.") String project,
            @Option(names = "--tier", defaultValue = "FREE",
                    description = "free, standard, premium or enterprise.") dev.hydra.keys.Tier tier) {
        KeyList read = KeyList.parse(texts == null || texts.isEmpty() ? pasted() : String.join("\n", texts));
        read.problems().forEach(problem -> console.warn("hydra: " + problem));
        read.notes().forEach(note -> console.warn("hydra: note: " + note));
        List<NewKey> keys = read.keys().stream()
                .map(key -> new NewKey(key.entry(), key.secret(), key.email().isEmpty() ? email : key.email(),
                        key.project().isEmpty() ? project : key.project(), key.tier() == dev.hydra.keys.Tier.FREE ? tier : key.tier()))
                .toList();
        if (keys.isEmpty()) {
            throw new CommandFailed("no key was given.");
        }
        try (Backend hydra = backend.open()) {
            Keys.Added added = hydra.addKeys(keys);
            added.problems().forEach(problem -> console.warn("hydra: " + problem));
            if (!added.keys().isEmpty()) {
                KeyTable.lines(added.keys()).forEach(console::print);
            }
            return added.keys().stream().anyMatch(key -> key.status().equals("active")) ? 0 : 1;
        }
    }

    @Command(name = "remove", aliases = "rm", description = "Remove a key.")
    void remove(@Mixin BackendOptions backend, @Parameters(paramLabel = "KEY", description = WHICH) String wanted) {
        try (Backend hydra = backend.open()) {
            KeyEntry key = find(wanted, hydra);
            hydra.removeKey(key.id());
            console.print("Removed: " + name(key));
        }
    }

    @Command(name = "verify",
            description = "Ask Google whether keys work: enables those that do, disables those that do not. Without KEY: all.")
    int verify(@Mixin BackendOptions backend,
            @Parameters(paramLabel = "KEY", arity = "0..1", description = WHICH) @Nullable String wanted) {
        try (Backend hydra = backend.open()) {
            List<KeyEntry> keys = wanted == null ? hydra.keys() : List.of(find(wanted, hydra));
            boolean good = true;
            for (KeyEntry key : keys) {
                CheckResult result = hydra.verifyKey(key.id());
                good &= result instanceof CheckResult.Valid;
                console.print(name(key) + ": " + words(result));
            }
            return good ? 0 : 1;
        }
    }

    /** What the provider said, in words. */
    static String words(CheckResult result) {
        return switch (result) {
            case CheckResult.Valid valid -> "works, " + valid.models().size() + " models";
            case CheckResult.Invalid invalid ->
                "refused: " + invalid.reason() + (invalid.message().isEmpty() ? "" : " (" + invalid.message() + ")");
            case CheckResult.Unreachable unreachable -> "not known: " + unreachable.message();
        };
    }

    private static KeyEntry find(String wanted, Backend hydra) {
        return Fragment.find(wanted, hydra.keys(), "key", List.of(KeyEntry::id, KeyEntry::hint, KeyEntry::email, KeyEntry::project));
    }

    private static String name(KeyEntry key) {
        return key.id() + (key.email().isEmpty() ? "" : " " + key.email());
    }

    private String pasted() {
        console.warn("Paste keys, one a line, or a keys.json; an empty line ends.");
        StringBuilder text = new StringBuilder();
        for (String line : (Iterable<String>) console.in().lines()::iterator) {
            if (line.isBlank() && !isUnfinished(text.toString().strip())) {
                break;
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** JSON may have empty lines within. */
    private static boolean isUnfinished(String text) {
        return (text.startsWith("[") || text.startsWith("{")) && !KeyList.parse(text).complete();
    }
}
