package dev.hydra.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The audit's table, read past Hydra while it is down. */
final class AuditTable {
    private AuditTable() {
    }

    /** The status of a request's entry in the H2 file of this home. @throws SQLException when another process still has the file open */
    static OptionalInt status(Path home, String requestId) throws SQLException {
        // Not through DriverManager, which knows the drivers of whoever came first in this JVM: a server inside it, perhaps.
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + home.resolve("hydra").toAbsolutePath() + ";IFEXISTS=TRUE");
        file.setUser("sa");
        return status(file, requestId);
    }

    /** The status of a request's entry in this database. */
    static OptionalInt status(DataSource database, String requestId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select status from audit_entry where request_id = ?")) {
            query.setString(1, requestId);
            ResultSet rows = query.executeQuery();
            return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
        }
    }
}
