package dev.hydra.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Traces that a reverse proxy, load balancer, CDN or tunnel leaves in a request. Such a request is not local, whatever its socket address says (spec
 * defects S26). A bare {@code proxy_pass} leaves none: that is why a deployed WAR is never open.
 */
final class ForwardingHeaders {
    private static final List<String> FAMILIES = List.of("X-Forwarded", "X-Original-", "X-Envoy-", "X-Appengine-", "X-Azure-", "X-Vercel-",
            "X-Amz-Cf-", "X-Arr-", "X-Nf-", "X-Real-", "X-Cluster-", "X-ProxyUser-", "CF-", "CDN-", "Fly-", "Fastly-", "Akamai-", "Incap-",
            "Ngrok-", "Tailscale-", "WL-Proxy-", "Proxy-Client-", "Forwarded");
    private static final List<String> NAMES = List.of("Via", "True-Client-IP", "Client-IP", "X-Client-IP", "X-Remote-IP", "X-Remote-Addr",
            "X-Originating-IP", "X-Host", "X-Amzn-Trace-Id", "X-Cloud-Trace-Context", "X-Request-Start", "X-Coming-From", "X-Tunnel-Id",
            "X-Http-Host-Override", "Z-Forwarded-For", "Forwarded-For");

    private ForwardingHeaders() {
    }

    static boolean presentIn(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            if (isForwarding(names.nextElement())) {
                return true;
            }
        }
        return false;
    }

    /** Every value of a header, in the order of the lines; a line may itself be a list. */
    static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    private static boolean isForwarding(String header) {
        for (String family : FAMILIES) {
            if (header.regionMatches(true, 0, family, 0, family.length())) {
                return true;
            }
        }
        for (String name : NAMES) {
            if (header.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
