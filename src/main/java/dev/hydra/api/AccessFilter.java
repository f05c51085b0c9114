package dev.hydra.api;

import dev.hydra.access.Access;
import dev.hydra.access.Area;
import dev.hydra.access.Caller;
import dev.hydra.access.Decision;
import dev.hydra.access.Decision.Denied;
import dev.hydra.access.Decision.Granted;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The first filter: lets a request in with its {@link Caller}, or answers in its dialect why not. Also sets the headers that make browsers careful. */
public final class AccessFilter implements Filter {
    /** Name of the request attribute with the {@link Caller}. */
    static final String CALLER = "dev.hydra.caller";
    /** Name of the request attribute with the {@link Area}. */
    static final String AREA = "dev.hydra.area";

    private static final String PAGE_POLICY = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";

    // A field, because servers make filters by their constructor without arguments.
    @Inject
    private Access access;

    /** For the server. */
    public AccessFilter() {
    }

    AccessFilter(Access access) {
        this.access = access;
    }

    /** Who made the request that this filter let in. */
    static Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request did not come through AccessFilter");
    }

    @Override
    public void init(FilterConfig config) {
        access.begin();
    }

    @Override
    public void destroy() {
        access.end();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        switch (access.decide(asked)) {
            case Granted granted -> {
                protect(granted.area(), answer);
                asked.setAttribute(CALLER, granted.caller());
                asked.setAttribute(AREA, granted.area());
                chain.doFilter(request, response);
            }
            case Denied denied -> {
                protect(denied.area(), answer);
                deny(denied, asked, answer);
            }
        }
    }

    private static void protect(Area area, HttpServletResponse answer) {
        answer.setHeader("X-Content-Type-Options", "nosniff");
        switch (area) {
            case API, ADMIN -> answer.setHeader("Cache-Control", "no-store");
            case DASHBOARD, PUBLIC -> {
                answer.setHeader("Content-Security-Policy", PAGE_POLICY);
                answer.setHeader("X-Frame-Options", "DENY");
                answer.setHeader("Referrer-Policy", "no-referrer");
                answer.setHeader("Cache-Control", "no-cache");
            }
        }
    }

    private static void deny(Denied denied, HttpServletRequest request, HttpServletResponse answer) throws IOException {
        int status = status(denied.reason());
        denied.retryAfter().ifPresent(wait -> answer.setHeader("Retry-After", Long.toString(wait.toSeconds() + 1)));
        switch (denied.reason()) {
            case NO_TOKEN -> answer.setHeader("WWW-Authenticate", "Bearer");
            case NO_SIGN_IN -> answer.setHeader("WWW-Authenticate", "Basic realm=\"Hydra admin\", charset=\"UTF-8\"");
            case MALFORMED, FORBIDDEN, TOO_MANY_ATTEMPTS -> {}
        }
        switch (denied.area()) {
            case DASHBOARD -> PlainAnswer.write(answer, status, denied.message());
            case ADMIN -> PlainAnswer.write(answer, ErrorShape.ADMIN, status, denied.message());
            case API, PUBLIC -> PlainAnswer.write(answer, ErrorShape.of(request), status, denied.message());
        }
    }

    private static int status(Decision.Reason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case NO_TOKEN, NO_SIGN_IN -> 401;
            case FORBIDDEN -> 403;
            case TOO_MANY_ATTEMPTS -> 429;
        };
    }
}
