package dev.hydra.cli;

import dev.hydra.access.NewToken;
import dev.hydra.access.Token;
import dev.hydra.secret.Secret;
import dev.hydra.wire.Json;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra tokens}: what clients show to be let in. */
@Command(name = "tokens", aliases = "token", description = "Access tokens: create, list, revoke. Alone: list.")
final class TokensCommand implements Runnable {
    private final Console console;
    private final Clock clock = Clock.systemDefaultZone();

    @Mixin
    private final BackendOptions target = new BackendOptions();

    TokensCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(target, false, false);
    }

    @Command(name = "list", description = "Tokens that work.")
    void list(@Mixin BackendOptions backend, @Option(names = "--all", description = "Expired and revoked ones too.") boolean all,
            @Option(names = "--json", description = "As JSON.") boolean json) {
        try (Backend hydra = backend.open()) {
            List<Token> tokens = hydra.tokens().stream().filter(token -> all || token.state(clock.instant()) == Token.State.ACTIVE)
                    .toList();
            if (json) {
                print(tokens);
            } else if (tokens.isEmpty()) {
                console.print("There is no token" + (all ? "" : " that works") + ". Make one with: hydra tokens create --name NAME");
            } else {
                Table table = new Table("ID", "NAME", "STATE", "CREATED", "LAST USED", "EXPIRES");
                tokens.forEach(token -> table.row(token.id(), token.name(), state(token), Moments.show(Optional.of(token.created()), ""),
                        Moments.show(token.lastUsed(), "never"), Moments.show(token.expires(), "never")));
                table.lines().forEach(console::print);
            }
        }
    }

    @Command(name = "create", description = "Make a token. It is shown once, on standard output.")
    void create(@Mixin BackendOptions backend,
            @Option(names = {"-n", "--name"}, required = true, paramLabel = "NAME",
                    description = "What it is for; 1 to 64 characters.") String name,
            @Option(names = "--expires", paramLabel = "WHEN",
                    description = "30d, 12h, 2030-01-31 or 2030-01-31T00:00:00Z (default: never).") @Nullable String expires,
            @Option(names = "--value", arity = "0..1", interactive = true, paramLabel = "TEXT",
                    description = "An own text of at least 16 characters; without TEXT it is asked for.") char @Nullable [] value) {
        try (Backend hydra = backend.open()) {
            NewToken made = hydra.createToken(name, Optional.ofNullable(expires).map(text -> Moments.parse(text, clock)),
                    Optional.ofNullable(value).map(text -> Secret.of(new String(text))));
            console.warn("Token \"" + made.token().name() + "\" (" + made.token().id() + "), expires "
                    + Moments.show(made.token().expires(), "never") + ". It is not shown again:");
            console.print(made.value().reveal());
        }
    }

    @Command(name = "revoke", description = "Make a token useless for good.")
    void revoke(@Mixin BackendOptions backend,
            @Parameters(paramLabel = "TOKEN", description = "Id or name, or a part of one that no other token has.") String wanted) {
        try (Backend hydra = backend.open()) {
            List<Token> live = hydra.tokens().stream().filter(token -> token.revoked().isEmpty()).toList();
            Token token = Fragment.find(wanted, live, "token", List.of(Token::id, Token::name));
            hydra.revokeToken(token.id());
            console.print("Revoked: " + token.name() + " (" + token.id() + ")");
        }
    }

    private void print(List<Token> tokens) {
        var array = Json.arrayBuilder();
        for (Token token : tokens) {
            var json = Json.objectBuilder().add("id", token.id()).add("name", token.name()).add("state", state(token)).add("created",
                    token.created().toString());
            token.lastUsed().ifPresent(moment -> json.add("lastUsed", moment.toString()));
            token.expires().ifPresent(moment -> json.add("expires", moment.toString()));
            token.revoked().ifPresent(moment -> json.add("revoked", moment.toString()));
            array.add(json);
        }
        console.print(Json.objectBuilder().add("tokens", array).build().toString());
    }

    private String state(Token token) {
        return token.state(clock.instant()).name().toLowerCase(Locale.ROOT);
    }
}
