package dev.hydra.dialect.responses;

import java.util.Optional;

/**
 * Ids of a response and its items. An item's id names its response too ({@code msg_<response>_<number>}), so that a reference to an item leads to the
 * stored response without an index of items.
 */
final class ItemIds {
    private static final String RESPONSE = "resp_";
    private static final String REQUEST = "req_";

    private final String base;
    private int count;

    /** @param requestId the exchange's id */
    ItemIds(String requestId) {
        this.base = requestId.startsWith(REQUEST) ? requestId.substring(REQUEST.length()) : requestId;
    }

    /** The response's own id. */
    String response() {
        return RESPONSE + base;
    }

    /** A new item's id. @param prefix OpenAI's for the kind of item, e.g. {@code msg_} */
    String next(String prefix) {
        return prefix + base + '_' + count++;
    }

    /** The id of the response that an item belongs to; empty when the id is none of ours. */
    static Optional<String> response(String itemId) {
        int start = itemId.indexOf('_');
        int end = itemId.lastIndexOf('_');
        return start > 0 && end > start + 1 ? Optional.of(RESPONSE + itemId.substring(start + 1, end)) : Optional.empty();
    }
}
