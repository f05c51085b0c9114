package dev.hydra.boot;

import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** The embedded Tomcat with the one web application on it. */
public final class EmbeddedTomcat implements AutoCloseable {
    /** Name of the {@code ServletContext} attribute with the settings, a {@code Map<String, String>}. */
    static final String SETTINGS = "dev.hydra.settings";

    /** Name of the attribute that the application leaves: a {@code Runnable} that refuses new requests and ends those under way. */
    private static final String STOP = "dev.hydra.stop";

    /** They would run because they are on the class path; web.xml switches them off where they are in WEB-INF/lib. */
    private static final String INITIALIZERS_OF_LIBRARIES = "org\\.(glassfish|jboss)\\..*";

    private final Tomcat tomcat;
    private final Context application;

    private EmbeddedTomcat(Tomcat tomcat, Context application) {
        this.tomcat = tomcat;
        this.application = application;
    }

    /**
     * Starts Tomcat on the unpacked WAR and returns when the application answers.
     *
     * @param app      pages and WEB-INF/web.xml of the unpacked WAR
     * @param settings must be modifiable; {@code HYDRA_HOST} (default 127.0.0.1), {@code HYDRA_PORT} (default 8000, 0 takes any free port) and
     *                 {@code HYDRA_HOME} are read here; {@code HYDRA_PORT} is overwritten with the port in use before the application starts. The application
     *                 finds the same map as attribute {@code dev.hydra.settings} of its {@code ServletContext}.
     * @return the running server; closing it has the application refuse new requests and end those under way, and stops
     * @throws IllegalStateException if the address is in use or the application did not start; the message is one line for the operator
     */
    public static EmbeddedTomcat start(Path app, Map<String, String> settings) {
        Registry.disableRegistry(); // without it every request of a fresh processor registers itself with JMX
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Path.of(settings.get("HYDRA_HOME")).resolve("tomcat").toString());
        Connector connector = HttpConnector.of(settings);
        tomcat.setConnector(connector);
        tomcat.setAddDefaultWebXmlToWebapp(false); // its JSP servlet is not there; the default servlet is added below
        Context context = addApplication(tomcat, app);
        context.getServletContext().setAttribute(SETTINGS, settings);
        EmbeddedTomcat server = new EmbeddedTomcat(tomcat, context);
        server.run(settings);
        return server;
    }

    private void run(Map<String, String> settings) {
        String address = HttpConnector.host(settings) + ":" + HttpConnector.port(settings);
        try (StartFailure failure = new StartFailure()) {
            try {
                tomcat.init(); // binds the port
                settings.put("HYDRA_PORT", Integer.toString(tomcat.getConnector().getLocalPort()));
                tomcat.start();
            } catch (LifecycleException e) {
                throw stopped(failure.reason(e, address));
            }
            if (!application.getState().isAvailable()) {
                throw stopped(failure.reason(null, address));
            }
        }
    }

    /** The reason is made before the stop: an exception of the application may need its class loader to say its message. */
    private IllegalStateException stopped(IllegalStateException reason) {
        destroy();
        return reason;
    }

    private static Context addApplication(Tomcat tomcat, Path app) {
        StandardHost host = (StandardHost) tomcat.getHost();
        host.setAutoDeploy(false);
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
        host.getPipeline().addValve(errors);
        Context context = tomcat.addWebapp("", app.toString());
        context.setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        WebappLoader loader = new WebappLoader();
        loader.setDelegate(true); // the application's jars are on the class path, not in WEB-INF
        context.setLoader(loader);
        context.setContainerSciFilter(INITIALIZERS_OF_LIBRARIES);
        if (context instanceof StandardContext standard) {
            standard.setSkipMemoryLeakChecksOnJvmShutdown(true);
        }
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        context.setJarScanner(scanner);
        Wrapper pages = Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        pages.setAsyncSupported(true);
        pages.setLoadOnStartup(1);
        context.addServletMapping("/", "default");
        context.addWelcomeFile("index.html");
        return context;
    }

    @Override
    public void close() {
        // The connector goes on: who calls now is told to go elsewhere instead of being left without an answer.
        if (application.getServletContext().getAttribute(STOP) instanceof Runnable stop) {
            stop.run();
        }
        destroy();
    }

    private void destroy() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.getLogger(EmbeddedTomcat.class.getName()).log(System.Logger.Level.WARNING, "The embedded server did not stop cleanly",
                    e);
        }
    }
}
