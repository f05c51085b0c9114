package dev.hydra.relay;

import java.net.URI;

/**
 * The address at which a resumable upload goes on, as the provider told it. Clients use it as it is, so they are given ours; the provider's host is never taken
 * from a client.
 *
 * @param path    raw, with a slash at the beginning
 * @param query   raw, without a credential
 * @param session the upload's id; empty when there is none
 */
record UploadAddress(String path, String query, String session) {
    private static final String ID = "upload_id=";

    static UploadAddress of(String url) {
        URI uri = URI.create(url);
        StringBuilder query = new StringBuilder();
        String session = "";
        for (String parameter : (uri.getRawQuery() == null ? "" : uri.getRawQuery()).split("&")) {
            if (!parameter.isEmpty() && !parameter.startsWith("key=")) {
                query.append(query.isEmpty() ? "" : "&").append(parameter);
            }
            session = parameter.startsWith(ID) ? parameter.substring(ID.length()) : session;
        }
        return new UploadAddress(uri.getRawPath(), query.toString(), session);
    }

    /** The address under which a client reaches it through us. */
    String under(String base) {
        return base + path + (query.isEmpty() ? "" : '?' + query);
    }
}
