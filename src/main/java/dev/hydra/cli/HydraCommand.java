package dev.hydra.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hydra} alone: what there is and how to begin. */
@Command(name = "hydra", mixinStandardHelpOptions = false, synopsisSubcommandLabel = "COMMAND",
        description = "One address for OpenAI clients over a pool of Gemini keys.", commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "To begin:", "  hydra gateway --demo               answers without a key, from a simulated Gemini",
            "  hydra setup --file keys.json       checks and stores your keys",
            "  hydra gateway                      starts; clients use http://127.0.0.1:8000/v1",
            "  hydra COMMAND --help               tells more about a command"})
final class HydraCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = picocli.CommandLine.ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    HydraCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(console.out());
    }
}
