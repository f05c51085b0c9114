package dev.hydra.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One command, run in this process.
 *
 * @param code exit code
 * @param out  what went to standard output
 * @param err  what went to standard error
 */
record CommandLineRun(int code, String out, String err) {

    static CommandLineRun of(String... args) {
        return answering("", settings -> {
            throw new AssertionError("no server was to start");
        }, args);
    }

    static CommandLineRun answering(String input, Function<Map<String, String>, AutoCloseable> server, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), new BufferedReader(new StringReader(input)), level -> {
        });
        int code = Main.run(args, server, console);
        return new CommandLineRun(code, out.toString(), err.toString());
    }

    /** The arguments with {@code --home} behind them. */
    static String[] at(java.nio.file.Path home, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--home", home.toString()));
        return all.toArray(String[]::new);
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
