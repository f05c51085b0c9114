package dev.hydra.api;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/** The response to a {@link DetachedRequest}: every use goes through the {@link RecycleGuard}. */
final class DetachedResponse extends HttpServletResponseWrapper {
    private final RecycleGuard guard;
    private ServletOutputStream body;

    DetachedResponse(HttpServletResponse response, RecycleGuard guard) {
        super(response);
        this.guard = guard;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (body == null) {
            body = new Body(guard.receive(super::getOutputStream));
        }
        return body;
    }

    /** Bytes are written; a writer would go around the guard. */
    @Override
    public PrintWriter getWriter() {
        throw new IllegalStateException("write the body as bytes");
    }

    @Override
    public boolean isCommitted() {
        return guard.look(super::isCommitted, true);
    }

    @Override
    public void flushBuffer() throws IOException {
        guard.send(super::flushBuffer);
    }

    @Override
    public void reset() {
        guard.change(super::reset);
    }

    @Override
    public void resetBuffer() {
        guard.change(super::resetBuffer);
    }

    @Override
    public void setBufferSize(int size) {
        guard.change(() -> super.setBufferSize(size));
    }

    @Override
    public void setStatus(int status) {
        guard.change(() -> super.setStatus(status));
    }

    @Override
    public int getStatus() {
        return guard.look(super::getStatus, 0);
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, "");
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        guard.send(() -> super.sendError(status, message));
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        guard.send(() -> super.sendRedirect(location));
    }

    @Override
    public void setHeader(String name, String value) {
        guard.change(() -> super.setHeader(name, value));
    }

    @Override
    public void addHeader(String name, String value) {
        guard.change(() -> super.addHeader(name, value));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        guard.change(() -> super.setDateHeader(name, date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        guard.change(() -> super.addDateHeader(name, date));
    }

    @Override
    public boolean containsHeader(String name) {
        return guard.look(() -> super.containsHeader(name), false);
    }

    @Override
    public void addCookie(Cookie cookie) {
        guard.change(() -> super.addCookie(cookie));
    }

    @Override
    public void setContentType(String type) {
        guard.change(() -> super.setContentType(type));
    }

    @Override
    public void setCharacterEncoding(String charset) {
        guard.change(() -> super.setCharacterEncoding(charset));
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        guard.change(() -> super.setContentLengthLong(length));
    }

    private final class Body extends ServletOutputStream {
        private final ServletOutputStream out;

        Body(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            guard.send(() -> out.write(b));
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            guard.send(() -> out.write(from, offset, length));
        }

        @Override
        public void flush() throws IOException {
            guard.send(out::flush);
        }

        /** The end of the request closes it. */
        @Override
        public void close() throws IOException {
            flush();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the body is written by blocking");
        }
    }
}
