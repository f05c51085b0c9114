package dev.hydra.settings;

import dev.hydra.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the web application its settings. On top of the process's own sources come the application's init parameters, JNDI entries
 * {@code java:comp/env/hydra/<name>}, and what the executable's boot left in the attribute {@value #ATTRIBUTE}.
 */
@Component
public final class DeployedSettings {
    /** Name of the attribute of the {@link ServletContext}: a {@code Map<String, String>} of flags. Only the executable WAR sets it. */
    public static final String ATTRIBUTE = "dev.hydra.settings";

    private static final Logger LOG = LoggerFactory.getLogger(DeployedSettings.class);

    private @Nullable LoadedSettings loaded;

    /**
     * Reads the settings before any other bean asks for them. Not in a constructor: an injected {@link ServletContext} works only within a
     * request.
     *
     * @param event the {@link ServletContext}, by the rule of CDI for web applications
     * @throws InvalidSettings when the application must not start with these settings
     */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @Initialized(ApplicationScoped.class) Object event) {
        loaded = load(SettingsLoader.ofProcess(), (ServletContext) event);
        loaded.warnings().forEach(LOG::warn);
    }

    static LoadedSettings load(SettingsLoader loader, ServletContext application) {
        Map<String, String> deployment = texts(name -> Optional.ofNullable(application.getInitParameter(name)));
        deployment.putAll(jndi());
        loader.with(Origin.DEPLOYMENT, deployment);
        if (application.getAttribute(ATTRIBUTE) instanceof Map<?, ?> flags) {
            loader.executable().with(Origin.FLAG, texts(name -> Optional.ofNullable((String) flags.get(name))));
        }
        return loader.load();
    }

    private static Map<String, String> texts(Function<String, Optional<String>> source) {
        Map<String, String> found = new HashMap<>();
        SettingName.ALL.forEach(name -> source.apply(name.text()).ifPresent(text -> found.put(name.text(), text)));
        return found;
    }

    private static Map<String, String> jndi() {
        try {
            Context entries = (Context) new InitialContext().lookup("java:comp/env/hydra");
            return texts(name -> entry(entries, name));
        } catch (NamingException e) {
            // No such entries, or a server without JNDI: there is nothing to read.
            return Map.of();
        }
    }

    private static Optional<String> entry(Context entries, String name) {
        try {
            return Optional.of(entries.lookup(name).toString());
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    /** The settings in force. */
    @Produces
    @Singleton
    public Settings settings() {
        return loaded().settings();
    }

    /** The settings in force, each with its origin. */
    @Produces
    @Singleton
    public LoadedSettings loaded() {
        if (loaded == null) {
            throw new IllegalStateException("settings are not there before the application starts");
        }
        return loaded;
    }
}
