package dev.hydra.history;

import dev.hydra.Component;
import dev.hydra.gateway.PictureHost;
import dev.hydra.settings.Settings;
import dev.hydra.store.Database;
import dev.hydra.store.Encryption;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Pictures in the rows of kept responses, encrypted, so that every node serves them and the same sweep removes them.
 *
 * <p>A picture's name is its row's id and its end, encrypted and authenticated: whoever has it may see the picture until then, and nobody can make one up.
 */
@Component
public final class KeptPictures implements PictureHost {
    /** No access token has this id, so that no caller finds a picture as a response. */
    private static final String OWNER = "pictures";
    private static final String ADDRESS = "picture.address";
    private static final char END = '\n';

    private final KeptResponses rows;
    private final Encryption encryption;
    private final Duration keep;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    KeptPictures(Database database, Encryption encryption, Settings settings, Clock clock) {
        this(new KeptResponses(database, new Envelope(encryption)), encryption, settings.pictures().keep(), clock);
    }

    KeptPictures(KeptResponses rows, Encryption encryption, Duration keep, Clock clock) {
        this.rows = rows;
        this.encryption = encryption;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public Optional<String> keep(Picture picture) {
        if (keep.isZero()) {
            return Optional.empty();
        }
        byte[] name = new byte[16];
        random.nextBytes(name);
        String id = "pic_" + text(name);
        Instant expires = clock.instant().plus(keep);
        byte[] type = (picture.type() + END).getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(type, type.length + picture.bytes().length);
        System.arraycopy(picture.bytes(), 0, content, type.length, picture.bytes().length);
        rows.keep(OWNER, id, encryption.encrypt(content, purpose(id)), clock.instant(), expires);
        String address = encryption.encrypt((id + END + expires.toEpochMilli()).getBytes(StandardCharsets.UTF_8), ADDRESS);
        return Optional.of(text(address.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<Picture> find(String name) {
        try {
            String address = new String(Base64.getUrlDecoder().decode(name), StandardCharsets.UTF_8);
            String[] said = new String(encryption.decryptBytes(address, ADDRESS), StandardCharsets.UTF_8).split(String.valueOf(END), 2);
            if (!Instant.ofEpochMilli(Long.parseLong(said[1])).isAfter(clock.instant())) {
                return Optional.empty();
            }
            return rows.text(OWNER, said[0], clock.instant()).map(text -> picture(encryption.decryptBytes(text, purpose(said[0]))));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    private static Picture picture(byte[] content) {
        int end = 0;
        while (content[end] != END) {
            end++;
        }
        return new Picture(new String(content, 0, end, StandardCharsets.UTF_8), Arrays.copyOfRange(content, end + 1, content.length));
    }

    private static String purpose(String id) {
        return "kept_piece.body:" + id;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
