package dev.hydra.dialect;

import dev.hydra.wire.MultipartForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dialect whose requests come as a form, or as JSON of the same fields. Unlike other dialects one is made for each request, because a form can
 * only be read with the content type of its request; it reads the body once. Once {@link #peek} has returned, it may be used by several threads.
 */
public abstract class FormRequest extends OpenAiDialect {
    private final @Nullable String contentType;
    private @Nullable Known known;

    /** @param contentType of the request; null when it names none */
    protected FormRequest(BodyScan scan, @Nullable String contentType) {
        super(scan);
        this.contentType = contentType;
    }

    private record Known(Ask ask, Field fields) {
    }

    @Override
    public final Ask peek(byte[] body) {
        return known(body).ask();
    }

    @Override
    public final ClientRequest read(byte[] body) {
        return read(known(body).fields());
    }

    private Known known(byte[] body) {
        Known found = known;
        if (found == null) {
            found = contentType != null && MultipartForm.is(contentType) ? form(body, contentType)
                    : new Known(scan.peek(body), Field.root(BodyScan.object(body)));
            known = found;
        }
        return found;
    }

    private static Known form(byte[] body, String contentType) {
        Field fields = Field.root(FormBody.object(body, contentType));
        String model = fields.get("model").text();
        if (model.isBlank()) {
            throw fields.get("model").invalid("must not be empty");
        }
        return new Known(new Ask(model, FormBody.flag(fields.get("stream")), List.of()), fields);
    }

    /** Reads the fields. @throws InvalidRequest naming the field that cannot be understood */
    protected abstract ClientRequest read(Field fields);
}
