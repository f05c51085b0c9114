package dev.hydra.store;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** A server's name service; {@code jndi.properties} names it. Each test binds names of its own. */
public final class TestNames implements InitialContextFactory {
    private static final Map<String, Object> NAMES = new ConcurrentHashMap<>();

    static void bind(String name, Object found) {
        NAMES.put(name, found);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new InitialContext(true) {
            @Override
            public Object lookup(String name) throws NamingException {
                Object found = NAMES.get(name);
                if (found == null) {
                    throw new NameNotFoundException(name + " is not bound");
                }
                return found;
            }
        };
    }
}
