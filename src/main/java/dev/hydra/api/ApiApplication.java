package dev.hydra.api;

import dev.hydra.access.StatusResource;
import dev.hydra.access.TokensResource;
import dev.hydra.audit.AdminTrail;
import dev.hydra.audit.AuditResource;
import dev.hydra.keys.CapsResource;
import dev.hydra.keys.ClusterResource;
import dev.hydra.keys.KeysResource;
import dev.hydra.keys.NamesResource;
import dev.hydra.keys.PoolResource;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * The JAX-RS application. Its classes are listed, never scanned: the same set on every server, and a fast start. It has no {@code @ApplicationPath}, since
 * {@code web.xml} maps it.
 */
public final class ApiApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                ChatCompletionsResource.class,
                MessagesResource.class,
                CountTokensResource.class,
                CompletionsResource.class,
                EmbeddingsResource.class,
                ImagesResource.class,
                AudioResource.class,
                ResponsesResource.class,
                ModelsResource.class,
                GeminiResource.class,
                GeminiUploadResource.class,
                HealthResource.class,
                StartResource.class,
                FailureMapper.class,
                ServletRequestParameter.class,
                KeysResource.class,
                PoolResource.class,
                ClusterResource.class,
                NamesResource.class,
                CapsResource.class,
                TokensResource.class,
                StatusResource.class,
                AuditResource.class,
                AdminTrail.class);
    }

    /**
     * Settings of Jersey, by name and not by constant: on Payara the server's own Jersey runs.
     *
     * @return never null
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // Jersey holds back the first 8 KB of an answer, even after a flush, to count them: that would stop every stream.
                "jersey.config.server.contentLength.buffer", 0,
                "jersey.config.server.wadl.disableWadl", true,
                // Else Jersey makes a redirect absolute with the scheme and host that it sees, which behind a proxy are not the client's.
                "jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
