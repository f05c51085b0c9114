package dev.hydra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hydra.secret.Fingerprint;
import dev.hydra.secret.Secret;
import dev.hydra.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path home;

    private Rig rig;
    private Tokens tokens;

    @BeforeEach
    void start() {
        rig = Rig.with(home, new Settings.Server("127.0.0.1", 8000, List.of(), true), "admin-password-without-spaces", Optional.empty());
        tokens = rig.tokens;
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aTokenIsRandomAndOnlyItsHashIsStored() {
        NewToken first = tokens.create("first", Optional.empty(), Optional.empty());
        NewToken second = tokens.create(" second ", Optional.empty(), Optional.empty());

        assertThat(first.value().reveal()).matches("hydra-[0-9A-Za-z]{40}").isNotEqualTo(second.value().reveal());
        assertThat(first.toString()).doesNotContain(first.value().reveal());
        AccessToken stored = rig.database.call(manager -> manager.find(AccessToken.class, first.token().id()));
        assertThat(stored.hash).isEqualTo(Fingerprint.hash(first.value()));
        assertThat(tokens.list()).extracting(Token::name).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void wrongInputNamesItsField() {
        tokens.create("taken", Optional.empty(), Optional.of(Secret.of("an-own-token-of-some-length")));

        refused("name", "", Optional.empty(), "");
        refused("name", "x".repeat(65), Optional.empty(), "");
        refused("name", "a\nb", Optional.empty(), "");
        refused("name", "taken", Optional.empty(), "");
        refused("expires", "late", Optional.of(rig.clock.instant()), "");
        refused("value", "short", Optional.empty(), "fifteen-letters");
        refused("value", "long", Optional.empty(), "x".repeat(513));
        refused("value", "space", Optional.empty(), "sixteen letters and spaces");
        refused("value", "admin", Optional.empty(), "admin-password-without-spaces");
        refused("value", "again", Optional.empty(), "an-own-token-of-some-length");
        assertThat(tokens.list()).hasSize(1);
    }

    private void refused(String field, String name, Optional<Instant> expires, String own) {
        Optional<Secret> value = own.isEmpty() ? Optional.empty() : Optional.of(Secret.of(own));
        assertThatThrownBy(() -> tokens.create(name, expires, value))
                .isInstanceOfSatisfying(InvalidField.class, wrong -> assertThat(wrong.field()).isEqualTo(field));
    }

    @Test
    void aRevokedNameIsFreeAgainAndARevokedTextIsNot() {
        NewToken made = tokens.create("app", Optional.empty(), Optional.of(Secret.of("an-own-token-of-some-length")));
        rig.clock.advance(Duration.ofMinutes(1));

        assertThat(tokens.revoke(made.token().id())).get().extracting(Token::revoked).isEqualTo(Optional.of(rig.clock.instant()));
        assertThat(tokens.revoke("tok_none")).isEmpty();
        assertThat(tokens.create("app", Optional.empty(), Optional.empty()).token().id()).isNotEqualTo(made.token().id());
        refused("value", "other", Optional.empty(), "an-own-token-of-some-length");
    }

    /** Design §10.10. */
    @Test
    void anotherNodeSeesARevocationAtItsNextLook() {
        Tokens node = new Tokens(rig.database, rig.settings, rig.clock);
        NewToken made = tokens.create("app", Optional.empty(), Optional.empty());
        assertThat(node.index().find(made.value())).isEmpty();

        node.refresh();
        assertThat(state(node, made)).isEqualTo(Token.State.ACTIVE);
        tokens.revoke(made.token().id());
        assertThat(state(node, made)).isEqualTo(Token.State.ACTIVE);
        node.refresh();
        assertThat(state(node, made)).isEqualTo(Token.State.REVOKED);
    }

    @Test
    void aWatchingNodeSeesItByItself() {
        try (Tokens node = new Tokens(rig.database, rig.settings, rig.clock)) {
            node.watch();
            NewToken made = tokens.create("app", Optional.empty(), Optional.empty());
            await().until(() -> node.index().find(made.value()).isPresent());
        }
    }

    private Token.State state(Tokens node, NewToken made) {
        return node.index().find(made.value()).orElseThrow().token().state(rig.clock.instant());
    }

    @Test
    void lastUseIsKeptInMemoryAndStoredOffTheRequestsPath() {
        NewToken made = tokens.create("app", Optional.empty(), Optional.empty());
        rig.clock.advance(Duration.ofHours(1));
        assertThat(rig.said(FakeRequest.to("/v1/models").header("x-api-key", made.value().reveal()))).isEqualTo("granted app");
        assertThat(stored(made).lastUsed()).isEmpty();

        tokens.storeUses();
        assertThat(stored(made).lastUsed()).contains(rig.clock.instant());

        Instant first = rig.clock.instant();
        rig.clock.advance(Duration.ofMillis(999));
        rig.said(FakeRequest.to("/v1/models").header("x-api-key", made.value().reveal()));
        tokens.storeUses();
        assertThat(stored(made).lastUsed()).as("not written again within the second").contains(first);

        rig.clock.advance(Duration.ofMillis(1));
        rig.said(FakeRequest.to("/v1/models").header("x-api-key", made.value().reveal()));
        tokens.create("other", Optional.empty(), Optional.empty());
        assertThat(tokens.list()).filteredOn(token -> token.name().equals("app")).extracting(Token::lastUsed)
                .as("kept while tokens change, told by list").containsExactly(Optional.of(rig.clock.instant()));
    }

    private Token stored(NewToken made) {
        return rig.database.call(manager -> manager.find(AccessToken.class, made.token().id()).facts());
    }
}
