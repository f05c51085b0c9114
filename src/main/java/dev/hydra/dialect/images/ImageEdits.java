package dev.hydra.dialect.images;

import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.FormRequest;
import org.jspecify.annotations.Nullable;

/** One request to change pictures. */
final class ImageEdits extends FormRequest {
    ImageEdits(BodyScan scan, @Nullable String contentType) {
        super(scan, contentType);
    }

    @Override
    public String id() {
        return ImagesDialect.ID;
    }

    @Override
    protected ClientRequest read(Field fields) {
        return ImageRequestReader.read(fields, true);
    }
}
