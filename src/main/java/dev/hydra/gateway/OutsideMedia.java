package dev.hydra.gateway;

import dev.hydra.Component;
import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Part;
import dev.hydra.conversation.Turn;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.settings.Cidr;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Egress;
import dev.hydra.wire.FetchFailed;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Fetches media that a conversation names by URL, for providers that do not fetch themselves; guarded by {@link Egress}. */
@Component
public final class OutsideMedia implements AutoCloseable {
    private static final int MOST = 64;

    private final Egress egress;
    private final long maxBytes;

    @Inject
    OutsideMedia(Settings settings) {
        maxBytes = settings.limits().body();
        List<Cidr> allowed = settings.media().allow();
        egress = new Egress(address -> allowed.stream().anyMatch(range -> range.contains(address)), settings.media().maxBytes(),
                settings.media().timeout());
    }

    /**
     * The conversation with the bytes of these links in their place; the same object when there are none.
     *
     * @param outside which links are to be fetched
     * @throws InvalidRequest when one may not be fetched or could not be
     */
    Conversation inline(Conversation conversation, Predicate<String> outside, Deadline deadline) {
        boolean none = conversation.turns().stream().flatMap(turn -> turn.parts().stream()).noneMatch(part -> concerns(part, outside))
                && conversation.system().stream().noneMatch(part -> concerns(part, outside));
        if (none) {
            return conversation;
        }
        Fetching fetched = new Fetching(deadline);
        List<Turn> turns = conversation.turns().stream().map(turn -> new Turn(turn.role(), inline(turn.parts(), outside, fetched)))
                .toList();
        return new Conversation(inline(conversation.system(), outside, fetched), turns, conversation.tools(), conversation.toolChoice(),
                conversation.options());
    }

    private static boolean concerns(Part part, Predicate<String> outside) {
        return switch (part) {
            case Part.Media media -> media.source() instanceof Part.Source.Link link && outside.test(link.uri());
            case Part.ToolResult result -> result.content().stream().anyMatch(inner -> concerns(inner, outside));
            case Part.Text text -> false;
            case Part.Thought thought -> false;
            case Part.ToolCall call -> false;
            case Part.Foreign foreign -> false;
        };
    }

    private List<Part> inline(List<Part> parts, Predicate<String> outside, Fetching fetched) {
        return parts.stream().map(part -> concerns(part, outside) ? inline(part, outside, fetched) : part).toList();
    }

    private Part inline(Part part, Predicate<String> outside, Fetching fetched) {
        if (part instanceof Part.ToolResult result) {
            return new Part.ToolResult(result.callId(), result.name(), inline(result.content(), outside, fetched), result.error());
        }
        Part.Media media = (Part.Media) part;
        Egress.Fetched object = fetched.of(((Part.Source.Link) media.source()).uri());
        return new Part.Media(object.mediaType(), new Part.Source.Inline(Base64.getEncoder().encodeToString(object.bytes())),
                media.detail(),
                media.name(), media.clip(), media.seal());
    }

    /** What one request has had fetched so far: a few URLs of a small body may not fill the memory or hold the request for ever. */
    private final class Fetching {
        private final Map<String, Egress.Fetched> objects = new HashMap<>();
        private final Deadline deadline;
        private long bytes;

        Fetching(Deadline deadline) {
            this.deadline = deadline;
        }

        Egress.Fetched of(String url) {
            Egress.Fetched known = objects.get(url);
            if (known != null) {
                return known;
            }
            if (objects.size() == MOST || bytes > maxBytes || deadline.passed()) {
                throw new InvalidRequest("messages", "The media that the request names by URL are too many (more than " + MOST
                        + "), too large together (more than " + maxBytes + " bytes), or too slow.");
            }
            Egress.Fetched object = fetch(url);
            objects.put(url, object);
            bytes += object.bytes().length;
            return object;
        }
    }

    private Egress.Fetched fetch(String url) {
        try {
            return egress.fetch(url);
        } catch (FetchFailed e) {
            throw new InvalidRequest("messages", "A media URL cannot be used: " + e.getMessage() + " (" + withoutQuery(url) + ")");
        }
    }

    /** Queries of such URLs often carry a signature. */
    private static String withoutQuery(String url) {
        int end = url.indexOf('?');
        return end < 0 ? url : url.substring(0, end) + "?…";
    }

    @Override
    @PreDestroy
    public void close() {
        egress.close();
    }
}
