package dev.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "/a", "ftp://a.example/x", "file:///etc/passwd", "gopher://a.example", "data:text/plain,x",
        "jar:http://a.example!/x",
        "http:///x", "http:a.example", "http://user@a.example/", "http://user:pw@a.example/", "http://@a.example/",
        "http://a.example@127.0.0.1/",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/", "http://127.0.1/",
        "http://1.2.3.4./",
        "http://1.2.3.04/", "http://256.1.1.1/", "http://a.example.1/", "http://[::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[::1/",
        "http://a b/",
        "http://a.example:0/", "http://a.example:22/", "http://a.example:99999/", "http://metadata.google.internal/",
        "http://METADATA.google.internal./",
        "http://metadata/x", "http://instance-data/x", "http://127。0。0。1/", "http://①.example/", "http://a.example/\r\nX: y",
        "http://a\\@b.example/",
        "http://%31.0.0.1/"})
    void whatCanBeReadInTwoWaysOrIsNotOfTheWebIsRefused(String url) {
        assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> OutsideUrl.parse(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "HTTPS://A.Example:443/x?y=%20z#f", "http://1.2.3.4:8080/", "http://[2606:4700::1111]/",
        "http://127.0.0.1/",
        "http://a-1.example./x", "https://xn--bcher-kva.example/"})
    void ordinaryUrlsPass(String url) throws FetchFailed {
        assertThat(OutsideUrl.parse(url).uri()).hasToString(url);
    }

    @Test
    void otherCharactersInThePathAreEncoded() throws FetchFailed {
        assertThat(OutsideUrl.parse(" https://a.example/é?ж ").uri()).hasToString("https://a.example/%C3%A9?%D0%B6");
    }

    @ParameterizedTest
    @CsvSource({"/y, https://a.example/y", "y?z, https://a.example/d/y?z", "//b.example/, https://b.example/",
        "http://b.example/x, http://b.example/x"})
    void redirectsAreResolved(String location, String target) throws FetchFailed {
        assertThat(OutsideUrl.parse("https://a.example/d/x").redirected(location).uri()).hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "http://0x7f.1/", "//metadata.google.internal/", "http://u@b.example/", "//2130706433/", "::"})
    void redirectsAreCheckedLikeTheUrlItself(String location) throws FetchFailed {
        OutsideUrl url = OutsideUrl.parse("https://a.example/");
        assertThatExceptionOfType(FetchFailed.class).isThrownBy(() -> url.redirected(location));
    }
}
