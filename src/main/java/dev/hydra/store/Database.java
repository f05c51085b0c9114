package dev.hydra.store;

import dev.hydra.Component;
import dev.hydra.settings.Settings;
import dev.hydra.wire.Threads;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceProvider;

/**
 * The database, open from construction to {@link #close}. {@link #call} and {@link #run} are the only transactions there are.
 *
 * <p>Safe for use by many threads. Never used on the path of a request: features keep what they need in memory.
 */
@Component
public final class Database implements AutoCloseable {
    private static final int BATCH = 100;

    private final OpenDataSource source;
    /**
     * Made on a thread of its own: Hibernate takes more than a second of the first start, and nothing needs it before the first
     * transaction.
     */
    private final CompletableFuture<EntityManagerFactory> entities;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws StoreUnavailable when that is not possible; the message tells the operator why
     */
    @Inject
    public Database(Settings settings) {
        source = OpenDataSource.of(settings);
        try {
            Migrations.run(source.dataSource());
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
        entities = CompletableFuture.supplyAsync(() -> entities(source), task -> Threads.virtual("hydra-store-").newThread(task).start());
    }

    private static EntityManagerFactory entities(OpenDataSource source) {
        // Not Persistence.createEntityManagerFactory: on WildFly that finds the server's Hibernate (spec servers §3.1).
        return new HibernatePersistenceProvider().createEntityManagerFactory("hydra", Map.of(
                AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source.dataSource(),
                AvailableSettings.CLASSLOADERS, List.of(Database.class.getClassLoader()),
                AvailableSettings.PHYSICAL_NAMING_STRATEGY, new CamelCaseToUnderscoresNamingStrategy(),
                AvailableSettings.HBM2DDL_AUTO, "validate",
                AvailableSettings.JAKARTA_VALIDATION_MODE, "none",
                AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, source.ours(),
                // Without ORDER_INSERTS: a transaction inserts rows of one kind anyway, and the JIT compiler chokes on the sorter.
                AvailableSettings.STATEMENT_BATCH_SIZE, BATCH,
                AvailableSettings.ORDER_UPDATES, true));
    }

    /**
     * Does the work in one transaction and gives its result. Whatever the work throws rolls the transaction back and is thrown on. A call
     * inside a call is a transaction of its own: avoid it.
     *
     * @throws jakarta.persistence.PersistenceException when the database refuses or cannot be reached
     * @throws StoreUnavailable when the schema is not the one that the entities need
     * @throws IllegalStateException after {@link #close}
     */
    public <T> T call(Function<EntityManager, T> work) {
        try (EntityManager manager = entities().createEntityManager()) {
            return committed(manager.getTransaction(), () -> work.apply(manager));
        }
    }

    private EntityManagerFactory entities() {
        try {
            return entities.join();
        } catch (CompletionException e) {
            throw new StoreUnavailable("The database cannot be used: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** As {@link #call}, without a result. */
    public void run(Consumer<EntityManager> work) {
        call(manager -> {
            work.accept(manager);
            return Boolean.TRUE;
        });
    }

    /** Sets the parameters of a statement for one row. */
    public interface Binding<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /**
     * Inserts new rows by one statement in one transaction, all of them or none: for rows that come with every request. Where {@link #run} would take each of
     * them apart, compare and cascade it, this only writes.
     *
     * @param sql with a parameter for each column, in words that every database knows
     * @throws jakarta.persistence.PersistenceException as {@link #call}; one that is there already is refused
     */
    public <T> void insert(String sql, List<T> rows, Binding<T> binding) {
        try (StatelessSession session = entities().unwrap(SessionFactory.class).openStatelessSession()) {
            committed(session.getTransaction(), () -> {
                session.doWork(connection -> insert(connection, sql, rows, binding));
                return rows;
            });
        }
    }

    private static <T> void insert(Connection connection, String sql, List<T> rows, Binding<T> binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < rows.size(); i++) {
                binding.bind(statement, rows.get(i));
                statement.addBatch();
                if ((i + 1) % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static <T> T committed(EntityTransaction transaction, Supplier<T> work) {
        transaction.begin();
        try {
            T result = work.get();
            transaction.commit();
            return result;
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
    }

    private static void rollBack(EntityTransaction transaction, Throwable cause) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Lets go of everything: pool, files, drivers. A second call does nothing. */
    @Override
    @PreDestroy
    public void close() {
        if (closed.compareAndSet(false, true)) {
            entities.handle((made, failure) -> made).thenAccept(made -> {
                if (made != null) {
                    made.close();
                }
            }).join();
            source.close();
        }
    }
}
