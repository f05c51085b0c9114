package dev.hydra.cli;

import dev.hydra.settings.InvalidSettings;
import dev.hydra.store.StoreUnavailable;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {
    }

    /**
     * Runs one command.
     *
     * @param args   the command line
     * @param server starts the embedded server with the settings of {@code dev.hydra.boot.EmbeddedTomcat}; what it returns stops the server
     * @return the exit code: 0 done, 1 failed, 2 not understood
     */
    public static int run(String[] args, Function<Map<String, String>, AutoCloseable> server) {
        LogLines.quiet();
        return run(args, server, Console.system());
    }

    static int run(String[] args, Function<Map<String, String>, AutoCloseable> server, Console console) {
        CommandLine line = new CommandLine(new HydraCommand(console))
                .addSubcommand(new GatewayCommand(console, server))
                .addSubcommand(new SetupCommand(console))
                .addSubcommand(new StatusCommand(console))
                .addSubcommand(new TokensCommand(console))
                .addSubcommand(new KeysCommand(console))
                .addSubcommand(new AliasCommand(console))
                .addSubcommand(new QuotaGroupCommand(console))
                .addSubcommand(new CapsCommand(console))
                .addSubcommand(new ResetCommand(console))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new VersionCommand(console));
        line.setOut(console.out()).setErr(console.err()).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, console));
        return line.execute(args);
    }

    private static int failed(Exception failure, Console console) {
        switch (failure) {
            case CommandFailed known -> console.warn("hydra: " + known.getMessage());
            case InvalidSettings known -> known.getMessage().lines().forEach(problem -> console.warn("hydra: " + problem));
            case StoreUnavailable known -> console.warn("hydra: " + known.getMessage());
            default -> {
                console.warn("hydra: this should not have happened: " + failure);
                failure.printStackTrace(console.err());
                console.err().flush();
            }
        }
        return FAILED;
    }
}
