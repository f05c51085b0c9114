package dev.hydra.cli;

import dev.hydra.keys.CheckResult;
import dev.hydra.keys.KeyCheck;
import dev.hydra.keys.KeyList;
import dev.hydra.keys.KeyList.Problem;
import dev.hydra.keys.Keys;
import dev.hydra.keys.LimitTable;
import dev.hydra.keys.NewKey;
import dev.hydra.secret.Fingerprint;
import dev.hydra.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hydra setup}: from a file of keys to a pool that works. */
@Command(name = "setup",
        description = {"Read a file of keys, verify each with Google, store the good ones, and tell what they are good for.",
            "The file is a list of {\"email\", \"api_key\", \"project_id\", \"tier\"}, of which only api_key is needed."})
final class SetupCommand implements Callable<Integer> {
    private static final int CHECKS_AT_ONCE = 8;
    private static final String GENERATES = "generateContent";

    private final Console console;

    @Mixin
    private final BackendOptions target = new BackendOptions();

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "The file (default: HYDRA_KEYS_FILE, else ./keys.json).")
    private @Nullable Path file;

    SetupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Settings settings = target.settings().load().settings();
        Path source = file == null ? settings.gemini().keysFile().orElse(Path.of("keys.json")) : file;
        KeyList list = KeyList.read(source);
        list.problems().forEach(problem -> console.warn("hydra: " + problem));
        list.notes().forEach(note -> console.warn("hydra: note: " + note));
        if (list.keys().isEmpty()) {
            throw new CommandFailed("there is no usable entry in " + source + ".");
        }
        Map<NewKey, CheckResult> results = check(list.keys(), settings);
        List<NewKey> good = list.keys().stream().filter(key -> results.get(key) instanceof CheckResult.Valid).toList();
        List<String> unknown = results.values().stream().filter(CheckResult.Unreachable.class::isInstance).map(KeysCommand::words).toList();
        if (good.isEmpty() && !unknown.isEmpty()) {
            throw new CommandFailed("whether " + unknown.size() + " of the " + list.keys().size() + " keys work is " + unknown.getFirst()
                    + " Nothing was stored.");
        }
        if (good.isEmpty()) {
            throw new CommandFailed("none of the " + list.keys().size() + " keys works; nothing was stored.");
        }
        store(good);
        capacity(good, results);
        return 0;
    }

    private Map<NewKey, CheckResult> check(List<NewKey> keys, Settings settings) {
        Map<NewKey, CheckResult> results = new LinkedHashMap<>();
        try (KeyCheck provider = new KeyCheck(settings);
                ExecutorService workers = Executors.newFixedThreadPool(Math.min(CHECKS_AT_ONCE, keys.size()))) {
            List<Future<CheckResult>> running = keys.stream().map(key -> workers.submit(() -> provider.check(key.secret()))).toList();
            for (int i = 0; i < keys.size(); i++) {
                NewKey key = keys.get(i);
                CheckResult result = running.get(i).get();
                results.put(key, result);
                console.print("[" + (i + 1) + "/" + keys.size() + "] entry " + key.entry() + ", " + Fingerprint.of(key.secret())
                        + (key.email().isEmpty() ? "" : " " + key.email()) + ": " + KeysCommand.words(result));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; nothing was stored.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return results;
    }

    private void store(List<NewKey> good) {
        try (Backend hydra = target.open()) {
            Keys.Added added = hydra.addKeys(good);
            List<Problem> there = added.problems().stream().filter(problem -> problem.message().startsWith("is there already")).toList();
            added.problems().stream().filter(problem -> !there.contains(problem)).forEach(problem -> console.warn("hydra: " + problem));
            console.print("");
            console.print("Stored: " + added.keys().size() + (there.isEmpty() ? "" : "; already there: " + there.size()) + ".");
        }
    }

    /** Quotas belong to a project and a model: keys of one project add nothing to each other. */
    private void capacity(List<NewKey> good, Map<NewKey, CheckResult> results) {
        Map<String, List<NewKey>> byModel = new TreeMap<>();
        for (NewKey key : good) {
            if (results.get(key) instanceof CheckResult.Valid valid) {
                valid.models().stream().filter(model -> model.methods().contains(GENERATES))
                        .forEach(model -> byModel.computeIfAbsent(model.id(), id -> new ArrayList<>()).add(key));
            }
        }
        LimitTable limits = LimitTable.builtIn();
        Table table = new Table("MODEL", "KEYS", "PROJECTS", "REQUESTS A DAY");
        byModel.forEach((model, keys) -> table.row(model, Integer.toString(keys.size()), Integer.toString(projects(keys)),
                Long.toString(limits.requestsPerDay(model, projects(keys)))));
        table.lines().forEach(console::print);
        console.print("Requests a day are free-tier estimates; the gateway goes by what the API itself says.");
    }

    private static int projects(List<NewKey> keys) {
        Set<String> projects = new HashSet<>();
        keys.forEach(key -> projects.add(key.project().isEmpty() ? "key " + Fingerprint.of(key.secret()) : key.project()));
        return projects.size();
    }
}
