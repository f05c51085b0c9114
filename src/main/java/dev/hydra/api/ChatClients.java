package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Archive;
import dev.hydra.dialect.BodyScan;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.OpenAiDialect;
import dev.hydra.dialect.chat.ChatDialect;
import dev.hydra.dialect.responses.ResponsesDialect;
import dev.hydra.settings.Settings;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;

/**
 * Those who call {@code /chat/completions}. Cursor sends bodies of Responses there ({@code input}, flat tools) and waits for chat's chunks (spec clients
 * §2.3): such a body is read as Responses and answered as chat. It is looked at only when chat cannot read it, so others pay nothing for it.
 */
@Component
final class ChatClients extends OpenAiDialect {
    private final ChatDialect chat;
    private final ResponsesDialect responses;

    /** With the default limit of nesting. */
    ChatClients(ChatDialect chat, ResponsesDialect responses) {
        super(new BodyScan());
        this.chat = chat;
        this.responses = responses;
    }

    @Inject
    ChatClients(ChatDialect chat, ResponsesDialect responses, Settings settings) {
        super(new BodyScan(settings));
        this.chat = chat;
        this.responses = responses;
    }

    @Override
    public String id() {
        return chat.id();
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
}
