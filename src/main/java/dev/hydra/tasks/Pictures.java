package dev.hydra.tasks;

import dev.hydra.Component;
import dev.hydra.access.Caller;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.DataUri;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.images.ImagesDialect;
import dev.hydra.gateway.Answer;
import dev.hydra.gateway.Gateway;
import dev.hydra.gateway.PictureHost;
import dev.hydra.wire.Json;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several pictures for one request. The models make one picture an answer (spec mapping §7.2), so a wish for {@code n} is asked {@code n} times at once, each
 * an exchange of its own with its own key, attempts and audit entry, and the answers become one list.
 */
@Component
public final class Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    private static final int OK = 200;

    private final Gateway gateway;
    private final PictureHost host;

    @Inject
    Pictures(Gateway gateway, PictureHost host) {
        this.host = host;
        this.gateway = gateway;
    }

    /**
     * Answers a request for pictures. What was made is answered even when some of it failed, since it has been paid for; the first failure if nothing was.
     *
     * @param base the gateway's own address as the client knows it, without a slash at its end
     */
    public Answer answer(ClientDialect dialect, Caller caller, byte[] body, String base) {
        Wish wish = wish(dialect, body);
        Answer answer = wish.copies() == 1 ? gateway.answer(dialect, caller, body) : several(wish.copies(), dialect, caller, body);
        return wish.asUrl() && answer instanceof Answer.Whole whole && whole.status() == OK ? hosted(whole, base) : answer;
    }

    private Answer several(int copies, ClientDialect dialect, Caller caller, byte[] body) {
        List<Answer> answers = Together.ask(Collections.nCopies(copies, () -> gateway.answer(dialect, caller, body)));
        List<Answer.Whole> made = Together.good(answers);
        return made.isEmpty() ? answers.getFirst() : joined(made);
    }

    private record Wish(int copies, boolean asUrl) {
    }

    /** A request that cannot be read is asked once, and then refused in the usual way. */
    private static Wish wish(ClientDialect dialect, byte[] body) {
        try {
            dialect.peek(body);
            ClientRequest request = dialect.read(body);
            return new Wish(ImagesDialect.copies(request), ImagesDialect.asUrl(request));
        } catch (InvalidRequest refusedLater) {
            return new Wish(1, false);
        }
    }

    /** The pictures' data URLs as addresses of ours; where a picture cannot be kept, its data URL stays. */
    private Answer hosted(Answer.Whole answer, String base) {
        JsonObject document = Json.object(answer.body());
        JsonArrayBuilder data = Json.arrayBuilder();
        for (JsonObject picture : document.getJsonArray("data").getValuesAs(JsonObject.class)) {
            data.add(kept(picture.getString("url"))
                    .map(name -> Json.objectBuilder(picture).add("url", base + '/' + PictureHost.PATH + name).build())
                    .orElse(picture));
        }
        return new Answer.Whole(OK, answer.type(), answer.headers(), Json.bytes(Json.objectBuilder(document).add("data", data).build()));
    }

    private Optional<String> kept(String url) {
        try {
            DataUri made = DataUri.parse(url);
            return host.keep(new PictureHost.Picture(made.mimeType(), Base64.getDecoder().decode(made.base64())));
        } catch (RuntimeException e) {
            LOG.warn("A picture cannot be kept; its client gets it as a data URL", e);
            return Optional.empty();
        }
    }

    private static Answer joined(List<Answer.Whole> made) {
        Answer.Whole first = made.getFirst();
        JsonArrayBuilder data = Json.arrayBuilder();
        JsonObject usage = JsonValue.EMPTY_JSON_OBJECT;
        JsonObject document = JsonValue.EMPTY_JSON_OBJECT;
        for (Answer.Whole answer : made) {
            document = Json.object(answer.body());
            document.getJsonArray("data").forEach(data::add);
            usage = Together.sum(usage, document.getJsonObject("usage"));
        }
        byte[] body = Json.bytes(Json.objectBuilder(document).add("data", data).add("usage", usage).build());
        return new Answer.Whole(OK, first.type(), first.headers(), body);
    }
}
