package dev.hydra.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the paths under which clients call one thing to the one under which a resource answers it (product API-7), so that no resource knows of the others:
 * prefixes of other gateways, Google's own OpenAI-compatible path, a version that a client has put behind the one in its base address.
 *
 * <p>The Gemini API shares {@code /v1} with OpenAI's and has the same collections: {@code models}, {@code files}, {@code batches}. There the method behind a
 * colon tells them apart, or the headers that Google's SDKs send (spec clients §2.1). What is meant for it is answered under {@code native/}.
 */
final class ClientPaths {
    /** Where the Gemini API's resources are. */
    static final String NATIVE = "native/";

    /** Stands for the host that the client has called: no answer is built from it. */
    private static final String HOST = "http://hydra";

    private static final List<String> FOREIGN = List.of("openai/v1/", "hf/v1/", "gemini/v1/", "gemini/v1beta/", "gemini/v1alpha/",
            "gemini/upload/");
    private static final List<String> DOUBLED = List.of("v1/v1/", "v1/v1beta/", "v1beta/v1beta/", "v1beta/v1/", "v1alpha/v1alpha/",
            "v1/upload/", "v1beta/upload/");
    private static final List<String> COMPATIBLE = List.of("v1beta/openai/", "v1/openai/", "v1alpha/openai/");
    private static final Set<String> GEMINI_ALONE = Set.of("tunedModels", "cachedContents", "operations", "interactions",
            "fileSearchStores", "corpora");
    private static final Set<String> SHARED = Set.of("models", "files", "batches");

    private final String contextPath;
    private final URI base;

    /** @param contextPath of the application, as {@code ServletContext.getContextPath} gives it */
    ClientPaths(String contextPath) {
        this.contextPath = contextPath;
        base = URI.create(HOST + contextPath + '/');
    }

    /** The address of the application, under which every {@link #address} is. */
    URI base() {
        return base;
    }

    /**
     * The address under which a resource answers, with the query as it came.
     *
     * @throws URISyntaxException when the client has sent characters that belong into no address
     */
    URI address(HttpServletRequest request) throws URISyntaxException {
        String path = request.getRequestURI().substring(contextPath.length());
        String query = request.getQueryString();
        String meant = rewritten(path.startsWith("/") ? path.substring(1) : path, fromGoogle(request, query));
        return new URI(base + meant + (query == null ? "" : '?' + query));
    }

    private static boolean fromGoogle(HttpServletRequest request, @Nullable String query) {
        if (request.getHeader("x-goog-api-key") != null || request.getHeader("x-goog-api-client") != null) {
            return true;
        }
        return query != null && (query.startsWith("key=") || query.contains("&key="));
    }

    /**
     * The path that is meant.
     *
     * @param path   as it came, percent-encoding kept, without a slash at the beginning
     * @param google whether the client speaks like one of Google's
     */
    static String rewritten(String path, boolean google) {
        String bare = path;
        int before;
        do {
            before = bare.length();
            bare = withoutFirstSegment(bare, FOREIGN);
            bare = withoutFirstSegment(bare, DOUBLED);
        } while (bare.length() < before);
        for (String prefix : COMPATIBLE) {
            if (bare.startsWith(prefix)) {
                return "v1/" + bare.substring(prefix.length());
            }
        }
        return isNative(bare, google) ? NATIVE + bare : bare;
    }

    private static String withoutFirstSegment(String path, List<String> beginnings) {
        for (String beginning : beginnings) {
            if (path.startsWith(beginning)) {
                return path.substring(path.indexOf('/') + 1);
            }
        }
        return path;
    }

    private static boolean isNative(String path, boolean google) {
        if (path.startsWith("v1beta/") || path.startsWith("v1alpha/") || path.startsWith("upload/")) {
            return true;
        }
        if (!path.startsWith("v1/")) {
            return false;
        }
        int end = path.indexOf('/', 3);
        String collection = path.substring(3, end < 0 ? path.length() : end);
        return GEMINI_ALONE.contains(collection) || SHARED.contains(collection) && (google || hasMethod(path));
    }

    private static boolean hasMethod(String path) {
        return path.indexOf(':') >= 0 || path.contains("%3A") || path.contains("%3a");
    }
}
