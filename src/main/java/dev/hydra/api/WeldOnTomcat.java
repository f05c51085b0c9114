package dev.hydra.api;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jboss.weld.environment.servlet.EnhancedListener;

/**
 * Starts Weld where the server has no CDI of its own: on Tomcat, deployed or embedded. Weld's own initializer is switched off in {@code web.xml}: it breaks
 * Payara ({@code NoClassDefFoundError: org/apache/tomcat/InstanceManager}), and a second CDI container breaks WildFly.
 */
public final class WeldOnTomcat implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (context.getServerInfo().startsWith("Apache Tomcat")) {
            // ServletContext.addListener with Weld's Listener is too late for injection: WELD-ENV-001104.
            new EnhancedListener().onStartup(classes, context);
        }
    }
}
