package dev.hydra.api;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Ends an answer by force, so that the client sees a truncated body and never a clean end. No servlet API does that: an exception out of a
 * {@code StreamingOutput} ends cleanly on every server, and one out of a servlet on all but Tomcat. So this goes to the server's own request object, by
 * reflection, since a web application does not see the server's classes.
 *
 * <p>Measured on Tomcat 10.1 and 11, WildFly 39 and Payara 6, from the container's thread and from another one: the last chunk of the body is missing and the
 * connection is closed.
 */
public final class ClientConnection {
    private ClientConnection() {
    }

    /**
     * Closes the connection of a request whose answer has begun. What was flushed before has been sent; nothing can be written after it. The caller then ends
     * the exchange as usual: by an {@code IOException} or by completing its {@code AsyncContext}.
     *
     * @param request the request, possibly wrapped
     * @throws IOException if the server is not one of the known ones, and the answer will then end cleanly; or if the server has ended the request by itself
     */
    public static void reset(ServletRequest request) throws IOException {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
            if (wrapper instanceof DetachedRequest detached) {
                ServletRequest own = inner;
                detached.guard().send(() -> cut(own));
                return;
            }
        }
        cut(inner);
    }

    private static void cut(ServletRequest request) throws IOException {
        String type = request.getClass().getName();
        try {
            if (type.startsWith("io.undertow.")) {
                resetUndertow(request);
            } else if (request.getServletContext().getServerInfo().startsWith("Apache Tomcat")) {
                resetTomcat(request);
            } else {
                resetGrizzly(request);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("The connection of a " + type + " cannot be closed", e);
        }
    }

    private static void resetUndertow(Object request) throws ReflectiveOperationException, IOException {
        ((Closeable) call(call(request, "getExchange"), "getConnection")).close();
    }

    /** A facade hides Tomcat's request; its processor closes the socket and drops what would be written later. */
    private static void resetTomcat(Object facade) throws ReflectiveOperationException {
        Object response = call(call(field(facade, "request"), "getResponse"), "getCoyoteResponse");
        Class<?> codes = Class.forName("org.apache.coyote.ActionCode", false, response.getClass().getClassLoader());
        for (Object code : codes.getEnumConstants()) {
            if (code.toString().equals("CLOSE_NOW")) {
                response.getClass().getMethod("action", codes, Object.class).invoke(response, code, null);
                return;
            }
        }
        throw new NoSuchFieldException("ActionCode.CLOSE_NOW");
    }

    private static void resetGrizzly(Object facade) throws ReflectiveOperationException {
        Object request = call(call(field(facade, "request"), "getCoyoteRequest"), "getRequest");
        Object connection = call(request, "getConnection");
        connection.getClass().getMethod("closeSilently").invoke(connection);
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    return method.invoke(target);
                }
            }
        }
        throw new NoSuchMethodException(target.getClass().getName() + "." + name);
    }

    private static Object field(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(target);
                }
            }
        }
        throw new NoSuchFieldException(target.getClass().getName() + "." + name);
    }
}
