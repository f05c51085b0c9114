package dev.hydra.dialect.completions;

import dev.hydra.Component;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Field;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;

/** OpenAI's legacy {@code POST /v1/completions}: a text is gone on with. */
@Component
public final class CompletionsDialect extends OpenAiDialect {
    /** With the default limit of nesting. */
    public CompletionsDialect() {
        super(new BodyScan());
    }

    /** With the limit of nesting of {@code HYDRA_LIMIT_DEPTH}. */
    @Inject
    public CompletionsDialect(Settings settings) {
        super(new BodyScan(settings));
    }

    @Override
    public String id() {
        return "completions";
    }

    @Override
    public ClientRequest read(byte[] body) {
        return CompletionRequest.read(Field.root(BodyScan.object(body)));
    }
}
