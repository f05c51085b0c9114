package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.Ask;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientDialect;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * Those who call {@code /chat/completions}. Cursor sends bodies of Responses there ({@code input}, flat tools) and waits for chat's chunks (spec clients
 * §2.3): such a body is read as Responses and answered as chat. It is looked at only when chat cannot read it, so others pay nothing for it.
 */
@Component
final class ChatClients implements ClientDialect {
    private final ChatDialect chat;
    private final ResponsesDialect responses;

    @Inject
    ChatClients(ChatDialect chat, ResponsesDialect responses) {
        this.chat = chat;
        this.responses = responses;
    }

    @Override
    public String id() {
        return chat.id();
    }

    @Override
    public Ask peek(byte[] body) {
        return chat.peek(body);
    }

    @Override
    public ClientRequest read(byte[] body) {
        return read(body, Archive.NONE);
    }

    @Override
    public ClientRequest read(byte[] body, Archive archive) {
        try {
            return chat.read(body, archive);
        } catch (InvalidRequest refused) {
            if (!refused.field().equals("messages")) {
                throw refused;
            }
            JsonObject said = BodyScan.object(body);
            if (said.containsKey("messages") || !said.containsKey("input")) {
                throw refused;
            }
            return chat.answering(responses.read(body, archive), said);
        }
    }

    @Override
    public byte[] error(Failure failure, String requestId) {
        return chat.error(failure, requestId);
    }

    @Override
    public Optional<byte[]> keepAlive() {
        return chat.keepAlive();
    }
}
