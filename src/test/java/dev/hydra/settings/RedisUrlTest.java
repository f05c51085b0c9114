package dev.hydra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.settings.RedisUrl.Kind;
import dev.hydra.settings.RedisUrl.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @TempDir
    Path home;

    @Test
    void aSingleServerIsNamedByAUsualAddress() {
        RedisUrl url = RedisUrl.parse("rediss://hydra:p%40ss%2Fword@redis.example:6390/3");
        assertThat(url.kind()).isEqualTo(Kind.SINGLE);
        assertThat(url.tls()).isTrue();
        assertThat(url.servers()).containsExactly(new Server("redis.example", 6390));
        assertThat(url.user()).isEqualTo("hydra");
        assertThat(url.password().reveal()).isEqualTo("p@ss/word");
        assertThat(url.database()).isEqualTo(3);
        assertThat(url).hasToString("rediss://redis.example:6390/3");
    }

    @Test
    void portUserAndDatabaseMayBeMissing() {
        RedisUrl url = RedisUrl.parse("redis://:secret+word@[::1]");
        assertThat(url.servers()).containsExactly(new Server("::1", 6379));
        assertThat(url.user()).isEmpty();
        assertThat(url.password().reveal()).isEqualTo("secret+word");
        assertThat(url).hasToString("redis://[::1]:6379");
        assertThat(RedisUrl.parse("redis://localhost").password().isEmpty()).isTrue();
    }

    @Test
    void sentinelsNameTheMaster() {
        RedisUrl url = RedisUrl.parse("redis-sentinel://u:p@s1,s2:26380/1?master=main");
        assertThat(url.kind()).isEqualTo(Kind.SENTINEL);
        assertThat(url.servers()).containsExactly(new Server("s1", 26379), new Server("s2", 26380));
        assertThat(url.master()).isEqualTo("main");
        assertThat(url.database()).isEqualTo(1);
        assertThat(url).hasToString("redis-sentinel://s1:26379,s2:26380/1?master=main");
    }

    @Test
    void aClusterHasSeveralServers() {
        RedisUrl url = RedisUrl.parse("rediss-cluster://a:7000,b:7001");
        assertThat(url.kind()).isEqualTo(Kind.CLUSTER);
        assertThat(url.tls()).isTrue();
        assertThat(url.servers()).containsExactly(new Server("a", 7000), new Server("b", 7001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://localhost", "redis://", "redis://user@host", "redis://user:@host", "redis://host:0",
        "redis://host:99999", "redis://host/x", "redis://host/-1", "redis://a,b", "redis://host?x=y", "redis-sentinel://s1",
        "redis-sentinel://s1?master=", "redis-sentinel://s1?master=m&x=y", "redis-cluster://a/1", "redis-cluster://a,,b", "redis://ho st",
        "redis://a:b:c", "redis://u:%zz@host"})
    void whatIsNoAddressStopsTheStartWithAClearWord(String text) {
        assertThatThrownBy(() -> TestSettings.in(home, Map.of("HYDRA_REDIS_URL", text))).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("HYDRA_REDIS_URL").hasMessageContaining("redis-cluster://").hasMessageContaining("is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://user:hush-hush@host:x", "rediss//user:hush-hush@host", "redis://:hush-hush/@?@host:70000",
        "user:hush-hush@host"})
    void aWrongAddressIsShownWithoutItsPassword(String text) {
        assertThatThrownBy(() -> TestSettings.in(home, Map.of("HYDRA_REDIS_URL", text))).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("@host").hasMessageNotContaining("hush");
    }

    @Test
    void theSettingNeverShowsItsPassword() {
        Settings settings = TestSettings.in(home, Map.of("HYDRA_REDIS_URL", "redis://user:hush-hush@host"));
        assertThat(settings.redis()).isPresent();
        assertThat(settings.toString()).doesNotContain("hush");
        assertThat(SettingName.REDIS_URL.secret()).isTrue();
    }
}
