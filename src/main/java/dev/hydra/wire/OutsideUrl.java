package dev.hydra.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL from outside, in the one form that leaves no room for a second reading (defects S15, S16, S22): http or https, no user, a name or a
 * canonical address, an ordinary port. What it resolves to is not looked at here.
 */
record OutsideUrl(URI uri) {
    private static final int LONGEST = 8192;
    /** Names of cloud metadata servers, refused whatever they resolve to. */
    private static final Set<String> METADATA = Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data",
            "instance-data.ec2.internal");
    /** As browsers see it: a host whose last part is a number is an IPv4 address, in whatever notation. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)");
    private static final String BYTE = "(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
    private static final Pattern CANONICAL_IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

    /** Reads what a client wrote. */
    static OutsideUrl parse(String text) throws FetchFailed {
        if (text.length() > LONGEST) {
            throw new FetchFailed("The URL is longer than " + LONGEST + " characters.");
        }
        try {
            return checked(new URI(new URI(text.strip()).toASCIIString()));
        } catch (URISyntaxException e) {
            throw new FetchFailed("The URL is not valid.", e);
        }
    }

    /** Where a redirect leads. */
    OutsideUrl redirected(String location) throws FetchFailed {
        try {
            return checked(uri.resolve(new URI(new URI(location.strip()).toASCIIString())));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new FetchFailed("The URL redirects to one that is not valid.", e);
        }
    }

    private static OutsideUrl checked(URI uri) throws FetchFailed {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new FetchFailed("Only http and https URLs can be fetched.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
            throw new FetchFailed("The URL's host is not valid.");
        }
        requireHost(uri.getHost());
        int port = uri.getPort();
        if (port == 0 || port > 65535 || port > 0 && port < 1024 && port != 80 && port != 443) {
            throw new FetchFailed("The URL's port is not one of the web.");
        }
        return new OutsideUrl(uri);
    }

    private static void requireHost(String host) throws FetchFailed {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean strangeAddress = ENDS_IN_NUMBER.matcher(name).matches() && !CANONICAL_IPV4.matcher(host).matches();
        if (strangeAddress || host.contains("%")) {
            throw new FetchFailed("The URL's host is not valid.");
        }
        if (METADATA.contains(name.toLowerCase(Locale.ROOT))) {
            throw new FetchFailed(Egress.NOT_PUBLIC);
        }
    }
}
