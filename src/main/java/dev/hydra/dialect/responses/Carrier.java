package dev.hydra.dialect.responses;

import dev.hydra.conversation.Part;
import dev.hydra.conversation.Seal;
import dev.hydra.wire.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a reasoning item's {@code encrypted_content} carries for its provider (spec mapping §5.4):
 * {@code hydra:v1:<origin>:<place>:<value>}. The origin keeps one vendor's blobs from another; the place says to which part it belongs.
 *
 * @param origin who made it, e.g. {@code gemini}
 * @param value  the signature, or for {@link Place#PART} the part's JSON in base64
 */
record Carrier(String origin, Place place, String value) {
    private static final String PREFIX = "hydra:v1:";
    /** Longer ones are no signature of any provider. */
    private static final int LONGEST = 4 * 1024 * 1024;

    /** Where the value belongs. */
    enum Place {
        /** The thought of this very item. */
        THOUGHT("thought"),
        /** The first part of the item behind this one. */
        NEXT("next"),
        /** The last part of the item before this one. */
        PREVIOUS("previous"),
        /** An empty text that stands here and has nothing but the signature. */
        HERE("here"),
        /** A part of the provider's own format that stands here. */
        PART("part");

        private final String word;

        Place(String word) {
            this.word = word;
        }
    }

    static Carrier of(Seal seal, Place place) {
        return new Carrier(seal.origin(), place, seal.value());
    }

    static Carrier of(Part.Foreign part) {
        return new Carrier(part.dialect(), Place.PART, Base64.getEncoder().encodeToString(Json.bytes(part.json())));
    }

    /** What an {@code encrypted_content} says; empty when it is not ours. */
    static Optional<Carrier> read(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST) {
            return Optional.empty();
        }
        int origin = text.indexOf(':', PREFIX.length());
        int place = origin < 0 ? -1 : text.indexOf(':', origin + 1);
        if (place < 0 || origin == PREFIX.length() || place + 1 == text.length()) {
            return Optional.empty();
        }
        String word = text.substring(origin + 1, place);
        for (Place known : Place.values()) {
            if (known.word.equals(word)) {
                return Optional.of(new Carrier(text.substring(PREFIX.length(), origin), known, text.substring(place + 1)));
            }
        }
        return Optional.empty();
    }

    Seal seal() {
        return new Seal(origin, value);
    }

    /** The provider's own part; empty when it was damaged on its way. */
    Optional<Part.Foreign> part() {
        try {
            JsonObject json = Json.object(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            return Optional.of(new Part.Foreign(origin, json));
        } catch (IllegalArgumentException | JsonException damaged) {
            return Optional.empty();
        }
    }

    /** The text to send. */
    String text() {
        return PREFIX + origin + ':' + place.word + ':' + value;
    }
}
