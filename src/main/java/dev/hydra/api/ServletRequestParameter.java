package dev.hydra.api;

import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.function.Function;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives resources the servlet request that they ask for as a parameter. Jersey would have its container make it anew, by reflection, for each request: that
 * was a twentieth of what a request cost. The interface is Jersey's own for parameters; its package is called internal, but Payara's Jersey has it too.
 */
public final class ServletRequestParameter implements Feature {
    /** Name of the request attribute with the request itself. */
    static final String REQUEST = "dev.hydra.request";

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(Source.class).to(ValueParamProvider.class).in(Singleton.class);
            }
        });
        return true;
    }

    /** Where the parameter comes from. Public for Jersey, which makes it. */
    public static final class Source implements ValueParamProvider {
        @Override
        public @Nullable Function<ContainerRequest, HttpServletRequest> getValueProvider(Parameter parameter) {
            return parameter.getRawType() == HttpServletRequest.class ? request -> (HttpServletRequest) request.getProperty(REQUEST) : null;
        }

        @Override
        public PriorityType getPriority() {
            return Priority.HIGH;
        }
    }
}
