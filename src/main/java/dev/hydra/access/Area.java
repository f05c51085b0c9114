package dev.hydra.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The parts of the application with rules of their own. */
public enum Area {
    /** Open to everybody and telling nothing: health, the start page, the icon; and pictures whose addresses nobody can guess. */
    PUBLIC,
    /** What clients call; also every unknown path, so that a new one is closed until somebody decides otherwise. */
    API,
    /** {@code /admin/**}. */
    ADMIN,
    /** {@code /dashboard/**}. */
    DASHBOARD;

    /**
     * The area of the path that the container dispatches on ({@code getServletPath} and {@code getPathInfo}), never of a URL that the request's {@code Host}
     * had a say in (spec defects S2). JAX-RS matches the raw path instead; so a raw path that could mean something else to it is no path of ours.
     *
     * @return empty when the path is ambiguous: dot segments, path parameters, backslashes, NUL, in any encoding
     */
    static Optional<Area> of(HttpServletRequest request) {
        String info = request.getPathInfo();
        Area dispatched = of(info == null ? request.getServletPath() : request.getServletPath() + info);
        String uri = request.getRequestURI();
        String context = request.getContextPath();
        if (!uri.startsWith(context)) {
            return Optional.empty();
        }
        String raw = uri.substring(context.length());
        if (isPlain(raw)) {
            return dispatched == of(raw) ? Optional.of(dispatched) : Optional.empty();
        }
        return decoded(raw).filter(path -> dispatched == of(path)).map(path -> dispatched);
    }

    private static Area of(String path) {
        if (isIn(path, "/admin")) {
            return ADMIN;
        }
        if (isIn(path, "/dashboard")) {
            return DASHBOARD;
        }
        boolean open = path.isEmpty() || path.equals("/") || path.equals("/favicon.ico") || isIn(path, "/health")
                || isIn(path, "/api/health") || isIn(path, "/v1/images/kept");
        return open ? PUBLIC : API;
    }

    private static boolean isIn(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || c < ' '
                    || c == '/' && i + 1 < raw.length() && (raw.charAt(i + 1) == '.' || raw.charAt(i + 1) == '/')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> decoded(String raw) {
        String path;
        try {
            path = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (raw.indexOf(';') >= 0 || path.indexOf('\\') >= 0 || path.chars().anyMatch(c -> c < ' ')) {
            return Optional.empty();
        }
        StringBuilder collapsed = new StringBuilder(path.length());
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..") || segment.startsWith(".;") || segment.startsWith("..;")) {
                return Optional.empty();
            }
            if (!segment.isEmpty()) {
                collapsed.append('/').append(segment);
            }
        }
        return Optional.of(collapsed.toString());
    }
}
