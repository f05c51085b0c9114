package dev.hydra.api;

import dev.hydra.access.Access;
import dev.hydra.access.Rig;
import dev.hydra.access.StatusResource;
import dev.hydra.access.Tokens;
import dev.hydra.access.TokensResource;
import dev.hydra.gateway.InFlight;
import dev.hydra.gateway.Readiness;
import dev.hydra.keys.Attention;
import dev.hydra.keys.Background;
import dev.hydra.keys.Caps;
import dev.hydra.keys.CapsResource;
import dev.hydra.keys.ClusterResource;
import dev.hydra.keys.KeyBook;
import dev.hydra.keys.KeyCheck;
import dev.hydra.keys.KeyPool;
import dev.hydra.keys.KeyStore;
import dev.hydra.keys.Keys;
import dev.hydra.keys.KeysResource;
import dev.hydra.keys.LocalState;
import dev.hydra.keys.ModelCatalogue;
import dev.hydra.keys.ModelNames;
import dev.hydra.keys.NamesResource;
import dev.hydra.keys.PoolResource;
import dev.hydra.keys.SharedState;
import dev.hydra.keys.StateStore;
import dev.hydra.keys.Upkeep;
import dev.hydra.settings.Settings;
import dev.hydra.store.Encryption;
import dev.hydra.wire.Sleeper;
import jakarta.servlet.Filter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.modeler.Registry;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** A real Tomcat on a free loopback port with the access filter and the admin resources, over a database in a directory of the test. */
public final class AdminServer implements AutoCloseable {
    public final Rig rig;
    final InFlight inFlight;
    final ModelNames names;
    final Upkeep upkeep;
    private final SharedState state;
    private final Caps caps;
    private final ModelCatalogue catalogue;
    private final Keys keys;
    private final KeyCheck check;
    private final Background background = new Background();
    private final Tomcat tomcat = new Tomcat();
    private final int port;

    /** Stands for what clients call. */
    @Path("v1/models")
    public static class Models {
        @GET
        public String list() {
            return "models";
        }
    }

    public AdminServer(java.nio.file.Path home, String adminPassword) throws LifecycleException {
        Registry.disableRegistry(); // several at once would get into each other's way
        tomcat.setBaseDir(home.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setEncodedSolidusHandling("passthrough");
        Context context = tomcat.addContext("", null);
        tomcat.init();
        port = tomcat.getConnector().getLocalPort();
        rig = Rig.with(home, new Settings.Server("127.0.0.1", port, List.of(), true), adminPassword, Optional.empty());
        KeyStore store = new KeyStore(rig.database, new Encryption(rig.settings, rig.database));
        state = new LocalState(rig.settings.pool(), rig.clock);
        catalogue = new ModelCatalogue(store);
        check = new KeyCheck(rig.settings);
        caps = new Caps(rig.settings, rig.database, rig.clock);
        keys = new Keys(rig.settings, new KeyBook(store, rig.clock), new KeyPool(state, caps, rig.clock), check, catalogue, background);
        keys.open();
        names = new ModelNames(rig.settings, rig.database, state, catalogue);
        upkeep = new Upkeep(keys, new StateStore(rig.database, state), names, caps, background, rig.clock);
        inFlight = new InFlight(rig.settings, Sleeper.SYSTEM);
        addFilter(context, "access", new AccessFilter(rig.access));
        addFilter(context, "api",
                new ApiFilter(new ServletContainer(new ResourceConfig(TokensResource.class, StatusResource.class, KeysResource.class,
                        PoolResource.class, ClusterResource.class, NamesResource.class, CapsResource.class, HealthResource.class,
                        StartResource.class,
                        Models.class)
                        .addProperties(new ApiApplication().getProperties()).register(new Beans())),
                        inFlight));
        Tomcat.addServlet(context, "none", new jakarta.servlet.http.HttpServlet() {
            private static final long serialVersionUID = 1L;
        });
        context.addServletMapping("/", "none");
        tomcat.start();
    }

    private static void addFilter(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        mapping.addURLPattern("/*");
        context.addFilterDef(definition);
        context.addFilterMap(mapping);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        upkeep.close();
        background.close();
        check.close();
        rig.close();
    }

    /** What CDI injects in the product. */
    private final class Beans extends AbstractBinder {
        @Override
        protected void configure() {
            bind(rig.tokens).to(Tokens.class);
            bind(rig.access).to(Access.class);
            bind(rig.settings).to(Settings.class);
            bind(rig.clock).to(Clock.class);
            bind(keys).to(Keys.class);
            bind(background).to(Background.class);
            bind(state).to(SharedState.class);
            bind(new Readiness(inFlight, upkeep, rig.tokens, state)).to(Readiness.class);
            bind(catalogue).to(ModelCatalogue.class);
            bind(names).to(ModelNames.class);
            bind(caps).to(Caps.class);
            bind(new Attention(keys, state, catalogue, caps, rig.clock)).to(Attention.class);
        }
    }
}
