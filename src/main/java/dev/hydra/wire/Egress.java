package dev.hydra.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Fetches what requests name by URL: pictures, sound, documents. The one way out to addresses that clients choose, and therefore the one
 * place that guards it (defects S14: not per route).
 *
 * <p>A name is resolved once, and only those of its addresses that are public are given to the connection, so what was checked is what is
 * connected to, also when the name service answers differently the next moment. Each redirect is a new URL with all checks. Nothing of ours
 * or of the client goes along: no key, no cookie, no header of the request. Safe for use by many threads.
 */
public final class Egress implements AutoCloseable {
    static final String NOT_PUBLIC = "The URL's host is not on the public internet.";
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_CONNECTIONS = 200;
    /** Downloads that may be held in memory at one time, in units of the largest one. */
    private static final int AT_ONCE = 8;

    private final HttpSender sender;
    private final BodyReader bodies;
    private final long maxBytes;
    private final Duration longest;

    /**
     * @param allowed  addresses that may be fetched although they are not public; for tests and for operators' own servers
     * @param maxBytes largest object
     * @param longest  for one object, redirects included
     */
    public Egress(Predicate<InetAddress> allowed, long maxBytes, Duration longest) {
        this(allowed, maxBytes, longest, InetAddress::getAllByName);
    }

    Egress(Predicate<InetAddress> allowed, long maxBytes, Duration longest, HostLookup names) {
        Predicate<InetAddress> reachable = allowed.or(PublicAddresses::contains);
        this.sender = new HttpSender(new Connections(MOST_CONNECTIONS, host -> reachable(names.addresses(host), reachable)));
        this.bodies = new BodyReader(new ByteBudget(AT_ONCE * maxBytes), maxBytes);
        this.maxBytes = maxBytes;
        this.longest = longest;
    }

    /**
     * An object.
     *
     * @param mediaType what its first bytes show it to be, else what the server called it, in lower case without parameters; never empty
     */
    public record Fetched(byte[] bytes, String mediaType) {
    }

    /**
     * Fetches an object.
     *
     * @throws FetchFailed when it may not be fetched or could not be; its message is for the client
     */
    public Fetched fetch(String url) throws FetchFailed {
        OutsideUrl at = OutsideUrl.parse(url);
        Cancellation cancellation = new Cancellation();
        Future<?> alarm = sender.after(longest, cancellation::cancel);
        try {
            for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
                try (HttpReply reply = sender.send(new HttpCall("GET", at.uri(), Map.of("Accept", "*/*"), new byte[0]), limits(),
                        cancellation)) {
                    Optional<String> location = reply.header("Location");
                    if (!REDIRECTS.contains(reply.status()) || location.isEmpty()) {
                        return fetched(reply);
                    }
                    at = at.redirected(location.get());
                }
            }
            throw new FetchFailed("The URL redirects more than " + MOST_REDIRECTS + " times.");
        } catch (HttpFailure e) {
            throw failed(e, cancellation);
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        sender.close();
    }

    private CallLimits limits() {
        return new CallLimits(longest, longest, longest);
    }

    private Fetched fetched(HttpReply reply) throws FetchFailed {
        if (reply.status() != 200) {
            throw new FetchFailed("The URL's server answered with HTTP status " + reply.status() + ".");
        }
        try {
            return switch (bodies.read(reply.body(), reply.length())) {
                case BodyReader.Outcome.Complete complete -> {
                    complete.share().close();
                    yield new Fetched(complete.bytes(), MediaType.of(complete.bytes(), reply.header("Content-Type").orElse("")));
                }
                case BodyReader.Outcome.TooLarge tooLarge ->
                    throw new FetchFailed("What the URL names is larger than " + maxBytes + " bytes.");
                case BodyReader.Outcome.NoRoom none -> throw new FetchFailed("Too many URLs are being fetched; try again.");
            };
        } catch (FetchFailed e) {
            throw e;
        } catch (IOException e) {
            throw new FetchFailed("The URL's server broke its answer off.", e);
        }
    }

    private FetchFailed failed(HttpFailure failure, Cancellation cancellation) {
        if (cancellation.cancelled() || failure.timedOut()) {
            return new FetchFailed("The URL's server did not answer within " + longest.toSeconds() + " seconds.", failure);
        }
        return new FetchFailed(notPublic(failure) ? NOT_PUBLIC : "The URL's server could not be reached.", failure);
    }

    private static boolean notPublic(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).anyMatch(NotPublic.class::isInstance);
    }

    private static InetAddress[] reachable(InetAddress[] all, Predicate<InetAddress> reachable) throws NotPublic {
        InetAddress[] some = Stream.of(all).filter(reachable).toArray(InetAddress[]::new);
        if (some.length == 0) {
            throw new NotPublic();
        }
        return some;
    }

    /** None of a name's addresses may be connected to. */
    private static final class NotPublic extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotPublic() {
            super(NOT_PUBLIC);
        }
    }
}
