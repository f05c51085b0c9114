package dev.hydra.dialect;

import dev.hydra.conversation.Seal;
import java.util.List;
import java.util.Map;

/**
 * Finds Gemini's thought signatures in a client's history, in every place where clients and other gateways keep them (spec mapping §2.4,
 * rules 6 and 8). Signatures of other vendors are never taken.
 */
public final class ClientSeals {
    /** LiteLLM hides the signature in the call's id; another gateway does so in hex. Ids are cleaned of both. */
    private static final String LITELLM_MARK = "__thought__";
    private static final String HEX_MARK = "__gts_";
    /** Origins by OpenRouter's names. */
    private static final Map<String, String> FORMATS = Map.of("google-gemini-v1", Seal.GEMINI, "openai-responses-v1", "responses",
            "anthropic-claude-v1", "anthropic");

    private ClientSeals() {
    }

    /** The signature of a tool call. @param details the message's {@code reasoning_details}; may be absent */
    public static Seal ofCall(Field call, String rawId, List<Field> details) {
        Seal own = ofHolder(call);
        if (!own.isPresent()) {
            own = ofHolder(call.get("function"));
        }
        if (!own.isPresent()) {
            own = ofDetails(rawId, details);
        }
        int mark = rawId.indexOf(LITELLM_MARK);
        return own.isPresent() || mark < 0 ? own : Seal.gemini(rawId.substring(mark + LITELLM_MARK.length()));
    }

    /** The signature that an object carries itself: a message, a tool call, a function, an image. */
    public static Seal ofHolder(Field holder) {
        Field extra = holder.get("extra_content");
        for (Field place : List.of(extra.get("google"), extra.get("vertex"), holder, holder.get("provider_specific_fields"))) {
            String value = place.first("thought_signature", "thoughtSignature").textIfAny();
            if (!value.isEmpty()) {
                return Seal.gemini(value);
            }
        }
        return Seal.NONE;
    }

    /** The signature of the thought itself: an encrypted detail that belongs to no tool call and says whose it is. */
    public static Seal ofThought(List<Field> details) {
        for (Field detail : details) {
            String format = detail.get("format").textIfAny();
            String origin = format.startsWith("google") ? Seal.GEMINI : FORMATS.getOrDefault(format, "");
            if (isEncrypted(detail) && detail.get("id").textIfAny().isEmpty() && !origin.isEmpty()) {
                String value = detail.get("data").textIfAny();
                return value.isEmpty() ? Seal.NONE : new Seal(origin, value);
            }
        }
        return Seal.NONE;
    }

    /** OpenRouter's name for the kind of blob that a thought's signature is. */
    public static String format(Seal seal) {
        return FORMATS.entrySet().stream().filter(known -> known.getValue().equals(seal.origin())).map(Map.Entry::getKey).findFirst()
                .orElse(seal.origin());
    }

    /** The id without what other gateways appended to it. */
    public static String cleanId(String id) {
        int end = id.indexOf(LITELLM_MARK);
        if (end < 0) {
            end = id.indexOf(HEX_MARK);
        }
        return end <= 0 ? id : id.substring(0, end);
    }

    private static Seal ofDetails(String callId, List<Field> details) {
        for (Field detail : details) {
            String format = detail.get("format").textIfAny();
            boolean google = format.isEmpty() || format.startsWith("google");
            if (google && isEncrypted(detail) && !callId.isEmpty() && detail.get("id").textIfAny().equals(callId)) {
                return Seal.gemini(detail.get("data").textIfAny());
            }
        }
        return Seal.NONE;
    }

    private static boolean isEncrypted(Field detail) {
        return detail.get("type").textIfAny().equals("reasoning.encrypted");
    }
}
