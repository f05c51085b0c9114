package dev.hydra.api;

import dev.hydra.access.Area;
import dev.hydra.gateway.InFlight;
import dev.hydra.wire.Threads;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.ThreadFactory;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second filter: has Jersey answer every path that is no page, always on a virtual thread where the server allows it. See the package for why.
 *
 * <p>It calls Jersey itself and not the rest of the chain, because a chain is used again for the next request as soon as the container's thread has left it
 * (Tomcat's {@code ApplicationFilterChain.release}), and with the address that {@link ClientPaths} makes: Jersey's own filter takes the request's URL apart
 * and puts it together again, a twentieth of what a short request costs. Pages stay on the container's thread: the server's default servlet need not be
 * asynchronous.
 */
public final class ApiFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiFilter.class);
    /** Name of the {@code ServletContext} attribute with the {@code Runnable} that ends all requests in an orderly way; the executable's boot runs it. */
    private static final String STOP = "dev.hydra.stop";
    // A field, because servers make filters by their constructor without arguments.
    @Inject
    private InFlight inFlight;
    private JerseyLog log;
    private ClientPaths paths = new ClientPaths("");
    private final ServletContainer jersey;
    private final ThreadFactory threads = Threads.virtual("request-");

    /** For the server. */
    public ApiFilter() {
        jersey = new ServletContainer();
    }

    ApiFilter(ServletContainer jersey, InFlight inFlight) {
        this.jersey = jersey;
        this.inFlight = inFlight;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        jersey.init(config);
        log = new JerseyLog();
        paths = new ClientPaths(config.getServletContext().getContextPath());
        Runnable stop = inFlight::stop;
        config.getServletContext().setAttribute(STOP, stop);
    }

    /** The server ends the application: requests first, and then what answers them. */
    @Override
    public void destroy() {
        inFlight.stop();
        jersey.destroy();
        if (log != null) {
            log.close();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        Object area = request.getAttribute(AccessFilter.AREA);
        if (area == Area.DASHBOARD) {
            chain.doFilter(request, response);
        } else if (inFlight.enter()) {
            take(request, response);
        } else if (area == Area.PUBLIC) {
            answer(request, response); // health is told to the end
        } else {
            refuse((HttpServletRequest) request, (HttpServletResponse) response, area);
        }
    }

    private void answer(ServletRequest request, ServletResponse response) throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        request.setAttribute(ServletRequestParameter.REQUEST, request);
        URI address;
        try {
            address = paths.address(asked);
        } catch (URISyntaxException e) {
            PlainAnswer.write(answer, ErrorShape.of(asked), 400,
                    "The address has a character that must be percent-encoded: " + e.getReason());
            return;
        }
        jersey.service(paths.base(), address, asked, answer);
    }

    private void take(ServletRequest request, ServletResponse response) throws IOException, ServletException {
        boolean detached = false;
        try {
            if (Thread.currentThread().isVirtual() || !request.isAsyncSupported()) {
                answer(request, response);
            } else {
                detach((HttpServletRequest) request, (HttpServletResponse) response);
                detached = true;
            }
        } finally {
            if (!detached) {
                inFlight.leave();
            }
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Object area) throws IOException {
        response.setHeader("Retry-After", Long.toString(InFlight.RETRY_AFTER.toSeconds()));
        response.setHeader("Connection", "close");
        PlainAnswer.write(response, area == Area.ADMIN ? ErrorShape.ADMIN : ErrorShape.of(request), 503,
                "The gateway is being stopped; try again in a moment.");
    }

    /** Answers on a thread of our own; this one goes back to the container at once. */
    private void detach(HttpServletRequest request, HttpServletResponse response) {
        // Now, because later the request may be gone.
        ErrorShape shape = ErrorShape.of(request);
        RecycleGuard guard = new RecycleGuard(inFlight.patience());
        DetachedRequest asked = new DetachedRequest(request, guard);
        DetachedResponse answer = new DetachedResponse(response, guard);
        AsyncContext cycle = request.startAsync(request, response);
        try {
            cycle.setTimeout(0); // the gateway's own deadlines hold
            cycle.addListener(guard);
            threads.newThread(() -> answer(asked, answer, shape, cycle)).start();
        } catch (RuntimeException | Error e) {
            guard.end(cycle::complete);
            throw e;
        }
    }

    private void answer(DetachedRequest request, DetachedResponse response, ErrorShape shape, AsyncContext cycle) {
        try {
            answer(request, response);
        } catch (IOException e) {
            LOG.debug("The client has left, or its answer broke", e);
            cut(request);
        } catch (ServletException | RuntimeException | Error e) {
            LOG.error("A request failed inside", e);
            failed(request, response, shape);
        } finally {
            request.guard().end(cycle::complete);
            inFlight.leave();
        }
    }

    /** What a container does with an exception on its own thread; but an answer that has begun must not look complete. */
    private static void failed(DetachedRequest request, DetachedResponse response, ErrorShape shape) {
        if (response.isCommitted()) {
            cut(request);
            return;
        }
        try {
            response.reset();
            PlainAnswer.write(response, shape, 500, "The gateway failed inside; its log has the details.");
        } catch (IOException | RuntimeException e) {
            LOG.debug("A client could not be told that its request failed", e);
        }
    }

    private static void cut(DetachedRequest request) {
        try {
            ClientConnection.reset(request);
        } catch (IOException e) {
            LOG.debug("The connection is closed already, or cannot be", e);
        }
    }
}
