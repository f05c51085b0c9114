package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleQueryTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "alt=sse '' true",
        "key=secret&alt=sse '' true",
        "$alt=json;enum-encoding=int&pageSize=3 pageSize=3 false",
        "$alt=sse '' true",
        "alt=json&fields=a(b)&key=secret fields=a(b) false",
        "a=b|c&x=%zz&y=%41 a=b%7Cc&x=%25zz&y=%41 false",
        "access_token=t&oauth_token=u&z z false",
        "keys=1&monkey=2 keys=1&monkey=2 false"})
    void credentialsAndFramingStayHere(String raw, String passing, boolean events) {
        GoogleQuery query = GoogleQuery.of(raw);

        assertThat(query.passing()).isEqualTo(passing);
        assertThat(query.events()).isEqualTo(events);
        assertThat(GoogleQuery.withoutCredentials(raw)).doesNotContain("secret", "access_token");
    }
}
