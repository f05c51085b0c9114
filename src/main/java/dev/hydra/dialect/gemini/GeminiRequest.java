package dev.hydra.dialect.gemini;

import dev.hydra.dialect.FunctionNames;
import dev.hydra.dialect.ProviderRequest;
import dev.hydra.dialect.ReplyReader;
import java.util.List;

/** A written request, and what its replies are read with. */
final class GeminiRequest implements ProviderRequest {
    private final byte[] body;
    private final List<String> ignored;
    private final FunctionNames names;
    private final ArgumentTypes types;
    private final boolean parallelCalls;

    /** @param parallelCalls whether a reply may hold several calls */
    GeminiRequest(byte[] body, List<String> ignored, FunctionNames names, ArgumentTypes types, boolean parallelCalls) {
        this.parallelCalls = parallelCalls;
        this.body = body;
        this.ignored = ignored;
        this.names = names;
        this.types = types;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public boolean searches() {
        return SearchTool.isIn(body);
    }

    @Override
    public List<String> ignored() {
        return ignored;
    }

    @Override
    public ReplyReader reader() {
        ReplyReader reader = new GeminiReplyReader(names, types);
        return parallelCalls ? reader : new OneCall(reader);
    }
}
