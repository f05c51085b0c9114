package dev.hydra.settings;

import dev.hydra.secret.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Redis is: {@code HYDRA_REDIS_URL}.
 *
 * @param kind     how many servers there are and who knows the right one
 * @param tls      whether the connection is encrypted and the server's certificate is checked
 * @param servers  at least one; sentinels where {@code kind} is {@link Kind#SENTINEL}
 * @param user     ACL user; empty = the default user
 * @param password empty = none is sent
 * @param database 0 to 65535; 0 in a cluster
 * @param master   name by which the sentinels know the master; empty for the other kinds
 */
public record RedisUrl(Kind kind, boolean tls, List<Server> servers, String user, Secret password, int database, String master) {
    static final String ALLOWED = "redis://[user:password@]host[:port][/database], redis-sentinel://[user:password@]host[:port],…[/database]?master=name"
            + " or redis-cluster://[user:password@]host[:port],…; with TLS rediss instead of redis; %XX for special characters of user and password";
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** What is at the address. */
    public enum Kind {
        /** One server. */
        SINGLE,
        /** Sentinels, which tell the master of the moment. */
        SENTINEL,
        /** Some servers of a Redis Cluster, which tell the others. */
        CLUSTER
    }

    /** @param port 1 to 65535 */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
        }
    }

    /** Reads an address. @throws IllegalArgumentException when it is none */
    public static RedisUrl parse(String text) {
        int end = text.indexOf("://");
        require(end > 0);
        String scheme = text.substring(0, end);
        Kind kind = switch (scheme) {
            case "redis", "rediss" -> Kind.SINGLE;
            case "redis-sentinel", "rediss-sentinel" -> Kind.SENTINEL;
            case "redis-cluster", "rediss-cluster" -> Kind.CLUSTER;
            default -> throw new IllegalArgumentException("unknown scheme");
        };
        String rest = text.substring(end + 3);
        int at = rest.lastIndexOf('@');
        String credentials = at < 0 ? "" : rest.substring(0, at);
        int colon = credentials.indexOf(':');
        require(at < 0 || colon >= 0 && colon < credentials.length() - 1);
        String place = rest.substring(at + 1);
        int question = place.indexOf('?');
        String path = question < 0 ? place : place.substring(0, question);
        int slash = path.indexOf('/');
        int database = slash < 0 || slash == path.length() - 1 ? 0 : number(path.substring(slash + 1), 0, 65_535);
        require(kind != Kind.CLUSTER || database == 0);
        return new RedisUrl(kind, scheme.startsWith("rediss"),
                servers(slash < 0 ? path : path.substring(0, slash), kind), colon < 0 ? "" : decoded(credentials.substring(0, colon)),
                Secret.of(colon < 0 ? "" : decoded(credentials.substring(colon + 1))), database,
                master(question < 0 ? "" : place.substring(question + 1), kind));
    }

    private static List<Server> servers(String text, Kind kind) {
        List<Server> servers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int bracket = part.lastIndexOf(']');
            int colon = part.indexOf(':', Math.max(0, bracket));
            String host = colon < 0 ? part : part.substring(0, colon);
            require(!host.isEmpty() && host.chars().allMatch(c -> c > ' ' && c <= '~' && "/?#@\\\"'<>".indexOf(c) < 0));
            require(host.startsWith("[") == host.endsWith("]"));
            servers.add(new Server(host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    colon < 0 ? kind == Kind.SENTINEL ? SENTINEL_PORT : PORT : number(part.substring(colon + 1), 1, 65_535)));
        }
        require(kind != Kind.SINGLE || servers.size() == 1);
        return List.copyOf(servers);
    }

    private static String master(String query, Kind kind) {
        if (kind != Kind.SENTINEL) {
            require(query.isEmpty());
            return "";
        }
        require(query.startsWith("master=") && query.length() > "master=".length() && query.indexOf('&') < 0);
        return decoded(query.substring("master=".length()));
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        require(number >= least && number <= most);
        return number;
    }

    private static String decoded(String text) {
        // Not a form: a plus sign is one.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not an address of Redis");
        }
    }

    /** An address as anybody may see it, right or wrong: whatever stands before the last {@code @} may hold a password. */
    static String shown(String text) {
        int at = text.lastIndexOf('@');
        int end = text.indexOf("://");
        return at < 0 ? text : (end >= 0 && end < at ? text.substring(0, end + 3) : "") + "…" + text.substring(at);
    }

    /** The address without user and password. */
    @Override
    public String toString() {
        String scheme = (tls ? "rediss" : "redis") + switch (kind) {
            case SINGLE -> "";
            case SENTINEL -> "-sentinel";
            case CLUSTER -> "-cluster";
        };
        return scheme + "://" + String.join(",", servers.stream().map(Server::toString).toList())
                + (database == 0 ? "" : "/" + database) + (master.isEmpty() ? "" : "?master=" + master);
    }
}
