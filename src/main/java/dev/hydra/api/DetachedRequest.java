package dev.hydra.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/**
 * A request that is answered off the container's thread: whatever may be asked of it late goes through the {@link RecycleGuard}. What is asked at the
 * beginning alone (method, path, address) does not need to: before the first transfer of a body nothing makes a container take a request back.
 */
final class DetachedRequest extends HttpServletRequestWrapper {
    private final RecycleGuard guard;
    private ServletInputStream body;

    DetachedRequest(HttpServletRequest request, RecycleGuard guard) {
        super(request);
        this.guard = guard;
    }

    RecycleGuard guard() {
        return guard;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Body(guard.receive(super::getInputStream));
        }
        return body;
    }

    /** Bytes are read; a reader would go around the guard. */
    @Override
    public BufferedReader getReader() {
        throw new IllegalStateException("read the body as bytes");
    }

    @Override
    public Object getAttribute(String name) {
        return guard.look(() -> super.getAttribute(name), null);
    }

    @Override
    public void setAttribute(String name, Object value) {
        guard.change(() -> super.setAttribute(name, value));
    }

    @Override
    public String getHeader(String name) {
        return guard.look(() -> super.getHeader(name), null);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return guard.look(() -> super.getHeaders(name), Collections.emptyEnumeration());
    }

    /** Parameters may come out of the body. */
    @Override
    public String getParameter(String name) {
        return guard.look(() -> super.getParameter(name), null);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return guard.look(super::getParameterMap, Map.of());
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return guard.look(super::getParameterNames, Collections.emptyEnumeration());
    }

    @Override
    public String[] getParameterValues(String name) {
        return guard.look(() -> super.getParameterValues(name), null);
    }

    /** It is in an asynchronous cycle already, and only the guard's end may end that. */
    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("resources block: they run on a virtual thread");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }

    private final class Body extends ServletInputStream {
        private final ServletInputStream in;

        Body(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return guard.receive(in::read);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return guard.receive(() -> in.read(to, offset, length));
        }

        @Override
        public int available() throws IOException {
            return guard.receive(in::available);
        }

        @Override
        public boolean isFinished() {
            return guard.look(in::isFinished, true);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read by blocking");
        }
    }
}
