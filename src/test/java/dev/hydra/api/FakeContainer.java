package dev.hydra.api;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** One request in a container that, as Tomcat does, takes its objects back at the end and sees whether anybody touches them later. */
final class FakeContainer {
    final List<String> touchedLate = new CopyOnWriteArrayList<>();
    final List<Integer> completed = new CopyOnWriteArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    final Map<String, String> headers = new HashMap<>();
    InputStream body = new ByteArrayInputStream("body".getBytes(StandardCharsets.UTF_8));
    /** Runs in the middle of each write. */
    Transfer onWrite = () -> {
    };
    boolean asyncSupported = true;
    long timeout = -1;
    int status = 200;
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<AsyncListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean recycled;

    /** What happens in a transfer. */
    interface Transfer {
        void run() throws IOException;
    }

    /** The client left: tells the listeners and takes everything back. */
    void error() {
        tell(AsyncListener::onError);
        recycle();
    }

    /** The server stops. */
    void timeOut() {
        tell(AsyncListener::onTimeout);
        recycle();
    }

    private void complete() {
        touch("complete");
        completed.add(1);
        tell(AsyncListener::onComplete);
        recycle();
    }

    private void recycle() {
        recycled = true;
        ended.countDown();
    }

    private interface Event {
        void to(AsyncListener listener, jakarta.servlet.AsyncEvent event) throws IOException;
    }

    private void tell(Event event) {
        for (AsyncListener listener : listeners) {
            try {
                event.to(listener, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void touch(String what) {
        if (recycled) {
            touchedLate.add(what);
        }
    }

    String text() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (called, args) -> switch (called) {
            case "isAsyncSupported" -> asyncSupported;
            case "startAsync" -> cycle();
            case "getInputStream" -> new In();
            case "getAttribute" -> attributes.get(args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getHeader", "getQueryString" -> null;
            case "getServletPath", "getRequestURI" -> "/v1/chat/completions";
            case "getServletContext" -> proxy(ServletContext.class, (name, none) -> "Fake");
            default -> throw new UnsupportedOperationException(called);
        });
    }

    private AsyncContext cycle() {
        return proxy(AsyncContext.class, (called, args) -> {
            switch (called) {
                case "setTimeout" -> timeout = (Long) args[0];
                case "addListener" -> listeners.add((AsyncListener) args[0]);
                case "complete" -> complete();
                default -> throw new UnsupportedOperationException(called);
            }
            return null;
        });
    }

    HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (called, args) -> switch (called) {
            case "setStatus" -> status = (Integer) args[0];
            case "getStatus" -> status;
            case "setHeader", "addHeader" -> headers.put((String) args[0], (String) args[1]);
            case "setContentType" -> headers.put("Content-Type", (String) args[0]);
            case "setContentLength", "setContentLengthLong" -> headers.put("Content-Length", args[0].toString());
            case "isCommitted" -> sent.size() > 0;
            case "getOutputStream" -> new Out();
            case "reset" -> headers.keySet().retainAll(List.of());
            default -> throw new UnsupportedOperationException(called);
        });
    }

    private interface Answers {
        Object to(String called, Object[] args) throws IOException;
    }

    private <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(FakeContainer.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            touch(method.getName());
            Object answer = answers.to(method.getName(), args);
            return method.getReturnType() == void.class ? null : answer;
        }));
    }

    private final class In extends ServletInputStream {
        @Override
        public int read() throws IOException {
            touch("read");
            return body.read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("the API reads bodies by blocking");
        }
    }

    private final class Out extends ServletOutputStream {
        @Override
        public void write(int b) throws IOException {
            touch("write");
            onWrite.run();
            touch("rest of the write");
            sent.write(b);
        }

        @Override
        public void flush() {
            touch("flush");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("the API writes answers by blocking");
        }
    }
}
