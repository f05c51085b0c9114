package dev.hydra.dialect.images;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** OpenAI's {@code POST /v1/images/generations} (spec mapping §7.2); {@link #edits} for {@code /v1/images/edits}. */
@Component
public final class ImagesDialect extends OpenAiDialect {
    static final String ID = "images";

    /** With the default limit of nesting. */
    public ImagesDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public ImagesDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    /** The dialect of one request to change pictures, a form or JSON. @param contentType of the request; may be null */
    public ClientDialect edits(@Nullable String contentType) {
        return new ImageEdits(scan, contentType);
    }

    /** Pictures wanted, 1 to 10; 1 where the request does not say, or says it so that {@link #read} will refuse it. */
    public static int copies(ClientRequest request) {
        return request instanceof ImageRequest images ? images.copies() : 1;
    }

    /** Whether addresses are wanted instead of bytes. */
    public static boolean asUrl(ClientRequest request) {
        return request instanceof ImageRequest images && images.asUrl();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public ClientRequest read(byte[] body) {
        return ImageRequestReader.read(Field.root(BodyScan.object(body)), false);
    }
}
