package dev.hydra.access;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as a container would give it: by default {@code GET} from loopback to a loopback name, without any trace of a proxy or browser. */
public final class FakeRequest {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private String method = "GET";
    private String protocol = "HTTP/1.1";
    private String peer = "127.0.0.1";
    private String local = "127.0.0.1";
    private String servletPath;
    private String rawPath;
    private @Nullable String query;

    private FakeRequest(String path) {
        servletPath = path;
        rawPath = path;
        header("Host", "127.0.0.1:8000");
    }

    public static FakeRequest to(String path) {
        return new FakeRequest(path);
    }

    public FakeRequest method(String name) {
        method = name;
        return this;
    }

    public FakeRequest protocol(String version) {
        protocol = version;
        return this;
    }

    public FakeRequest from(String address) {
        peer = address;
        return this;
    }

    /** The server's side of the socket. */
    public FakeRequest at(String address) {
        local = address;
        return this;
    }

    /** The path as the client wrote it, where it differs from what the container dispatches on. */
    public FakeRequest raw(String path) {
        rawPath = path;
        return this;
    }

    public FakeRequest query(String text) {
        query = text;
        return this;
    }

    /** Adds a line. */
    public FakeRequest and(String name, String value) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    /** Sets the one line. */
    public FakeRequest header(String name, String value) {
        headers.put(name, new ArrayList<>(List.of(value)));
        return this;
    }

    public FakeRequest without(String name) {
        headers.remove(name);
        return this;
    }

    /** The request. */
    public HttpServletRequest made() {
        return (HttpServletRequest) Proxy.newProxyInstance(FakeRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> answer(called.getName(), args));
    }

    private @Nullable Object answer(String called, Object @Nullable [] args) {
        return switch (called) {
            case "getMethod" -> method;
            case "getProtocol" -> protocol;
            case "getRemoteAddr" -> peer;
            case "getLocalAddr" -> local;
            case "getServletPath" -> servletPath;
            case "getPathInfo" -> null;
            case "getContextPath" -> "";
            case "getRequestURI" -> rawPath;
            case "getQueryString" -> query;
            case "getContentType" -> first("Content-Type");
            case "getHeader" -> first((String) args[0]);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault(args[0], List.of()));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getAttribute" -> attributes.get(args[0]);
            default -> throw new UnsupportedOperationException(called);
        };
    }

    private @Nullable String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }
}
