package dev.hydra.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource({"89504E470D0A1A0A, image/png", "FFD8FFE0, image/jpeg", "474946383961, image/gif",
        "52494646000000005745425056503820, image/webp",
        "000000186674797068656963, image/heic", "00000018667479706D696631, image/heif", "000000206674797061766966, image/avif",
        "424D, image/bmp", "49492A00, image/tiff", "255044462D312E37, application/pdf", "524946460000000057415645, audio/wav",
        "49443304, audio/mp3", "FFFB9064, audio/mp3", "FFF3E464, audio/mp3", "4F676753, audio/ogg", "664C6143, audio/flac",
        "FFF15080, audio/aac",
        "FFF95080, audio/aac", "464F524D0000000041494646, audio/aiff", "464F524D0000000041494643, audio/aiff",
        "000000206674797069736F6D, video/mp4",
        "00000020667479706D703432, video/mp4", "00000020667479704D344120, audio/mp4", "000000146674797071742020, video/quicktime",
        "000000086D6F6F7600000000, video/quicktime", "1A45DFA39F4286810142F7810142F2810442F381084282847765626D, video/webm",
        "1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61, video/x-matroska", "524946460000000041564920, video/x-msvideo",
        "464C5601, video/x-flv", "000001BA, video/mpeg", "000000146674797033677035, video/3gpp"})
    void theFirstBytesTellTheType(String hex, String type) {
        assertThat(MediaType.sniff(HexFormat.of().parseHex(hex))).contains(type);
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "FF", "FFFF", "FFFFFFFF", "FFE9FFFF", "FFF1FFFF", "7B7D", "3C68746D6C3E", "52494646000000005858585858",
        "0000000000000000000000000000"})
    void otherBytesTellNothing(String hex) {
        assertThat(MediaType.sniff(HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void theDeclaredTypeCountsWhereTheBytesTellNothing() {
        byte[] text = "<svg/>".getBytes(ISO_8859_1);
        assertThat(MediaType.of(text, "Image/SVG+xml; charset=utf-8")).isEqualTo("image/svg+xml");
        assertThat(MediaType.of(text, "")).isEqualTo("application/octet-stream");
        assertThat(MediaType.of(text, ";")).isEqualTo("application/octet-stream");
    }
}
