package dev.hydra.relay;

import dev.hydra.access.Caller;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is passed on raw.
 *
 * @param version version of the API, e.g. {@code v1beta}
 * @param target  behind the version, decoded: {@code files}, {@code files/abc:download}
 * @param query   raw query that may go on; empty = none
 * @param headers that may go on
 * @param body    the whole body; empty when there is none or when it is an upload
 * @param upload  a body that is passed on while it comes, under the address of uploads
 * @param base    the address under which the client reaches us, without a slash at the end, for addresses in answers
 */
public record RelayRequest(Caller caller, String method, String version, String target, String query, Map<String, String> headers,
        byte[] body, Optional<Upload> upload, String base) {

    /** @param length in bytes; negative = not known */
    public record Upload(InputStream in, long length) {
    }

    /** The same caller's request to see one of its objects. */
    RelayRequest get(String name) {
        return new RelayRequest(caller, "GET", version, name, "", headers, new byte[0], Optional.empty(), base);
    }

    /** Value of a query parameter as it stands; empty when it is not there. */
    String parameter(String name) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith(name + '=')) {
                return parameter.substring(name.length() + 1);
            }
        }
        return "";
    }
}
