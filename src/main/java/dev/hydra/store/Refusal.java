package dev.hydra.store;

import java.sql.SQLException;

/**
 * Why a database refused, for the operator.
 *
 * @param words the driver's own, in one line
 * @param state SQL state; empty when the driver gives none
 * @param code the driver's own number; 0 when it gives none
 */
record Refusal(String words, String state, int code) {
    /** H2's code for a database file that another process has open. */
    private static final int H2_IN_USE = 90020;
    /** MySQL and MariaDB put "unknown database", "no access to this database" and "command denied" under one SQL state. */
    private static final int MYSQL_UNKNOWN_DATABASE = 1049;
    private static final int MYSQL_NO_ACCESS = 1044;
    private static final int MYSQL_NO_RIGHT = 1142;
    /** State that MariaDB's driver gives when MySQL's caching_sha2_password would have to send a password in clear. */
    private static final String NO_SERVER_KEY = "S1009";

    /** What lies at the bottom of a failure: its innermost SQL exception, else the failure itself. */
    static Refusal of(Throwable failure) {
        SQLException last = new SQLException(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                last = sql;
            }
        }
        String state = last.getSQLState() == null ? "" : last.getSQLState();
        return new Refusal(String.valueOf(last.getMessage()).strip().replaceAll("\\s+", " "), state, last.getErrorCode());
    }

    boolean inUse() {
        return code == H2_IN_USE;
    }

    /** What to do about it, with a dash before it; empty when that is not known. */
    String advice() {
        if (state.equals("42501") || code == MYSQL_NO_ACCESS || code == MYSQL_NO_RIGHT) {
            return " - grant HYDRA_DB_USER the right to create and change tables in the database of HYDRA_DB_URL.";
        }
        if (state.equals("3D000") || code == MYSQL_UNKNOWN_DATABASE) {
            return " - create the database, or correct its name in HYDRA_DB_URL.";
        }
        if (state.equals(NO_SERVER_KEY)) {
            return " - add ?sslMode=verify-full or ?allowPublicKeyRetrieval=true to HYDRA_DB_URL.";
        }
        if (state.startsWith("28")) {
            return " - check HYDRA_DB_USER and HYDRA_DB_PASSWORD.";
        }
        return state.startsWith("08") ? " - check that the database server runs and that HYDRA_DB_URL names its host and port." : "";
    }
}
