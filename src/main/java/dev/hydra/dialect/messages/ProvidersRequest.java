package dev.hydra.dialect.messages;

import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import java.util.List;

/** A request as Anthropic takes it. */
record ProvidersRequest(byte[] body, List<String> ignored, FunctionNames names) implements ProviderRequest {
    @Override
    public ReplyReader reader() {
        return new MessagesReplyReader(names);
    }
}
