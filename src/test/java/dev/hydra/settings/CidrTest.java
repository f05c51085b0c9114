package dev.hydra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.1.5, 192.168.1.5, true",
        "192.168.1.5, 192.168.1.4, false",
        "192.168.1.128/25, 192.168.1.129, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe80::1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "::/0, 10.0.0.1, false",
    })
    void contains(String range, String address, boolean expected) {
        assertThat(Cidr.parse(range).contains(Cidr.address(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "face", "face.cafe", "a.b.c.d", "1", "1.2", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4",
        "1.2.3.4.", "1..2.3",
        "localhost", "example.org", "example.org:80", ".::1", "::g", ":::", "fe80::1%eth0", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/",
        "1.2.3.4/+8",
        "1.2.3.4/08", "::1/129", "1.2.3.4/8/8", "１.2.3.4"})
    void whatIsNoAddressIsRefusedAndNeverResolved(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .message().containsAnyOf("not an IP address", "prefix of");
    }

    @Test
    void whiteSpaceAroundDoesNotMatter() {
        assertThat(Cidr.parse(" 10.0.0.0 / 8 ")).isEqualTo(Cidr.parse("10.0.0.0/8"));
    }
}
