package dev.hydra.history;

import dev.hydra.dialect.Archive.Kept;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;

/** What was said in one exchange, as it is stored: compressed, then encrypted for its own row alone. */
final class Envelope {
    private final Encryption encryption;

    Envelope(Encryption encryption) {
        this.encryption = encryption;
    }

    String seal(Kept kept) {
        JsonObject content = Json.objectBuilder().add("input", kept.input()).add("reply", kept.reply()).add("full", kept.full()).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream packed = new DeflaterOutputStream(bytes, fast)) {
            packed.write(Json.bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } finally {
            fast.end();
        }
        return encryption.encrypt(bytes.toByteArray(), purpose(kept.id()));
    }

    /** @throws IllegalArgumentException when the text was changed or is another row's */
    Kept open(String id, String previous, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InflaterOutputStream unpacked = new InflaterOutputStream(bytes)) {
            unpacked.write(encryption.decryptBytes(text, purpose(id)));
        } catch (IOException e) {
            throw new IllegalArgumentException("a kept response is damaged: " + id, e);
        }
        JsonObject content = Json.object(bytes.toByteArray());
        return new Kept(id, previous, content.get("input"), content.getJsonObject("reply"), content.get("full"), bytes.size());
    }

    private static String purpose(String id) {
        return "kept_piece.body:" + id;
    }
}
