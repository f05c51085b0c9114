package dev.hydra.store;

/**
 * A database's address: what the driver is given, and what an operator is shown of it.
 *
 * @param text as the operator wrote it; may hold a password in its parameters
 */
record JdbcAddress(String text) {
    private static final String MARIADB = "jdbc:mariadb:";
    private static final String ALLOWED = "jdbc:postgresql:…, jdbc:mysql:…, jdbc:mariadb:… or jdbc:h2:…";

    /** @throws StoreUnavailable when there is no driver for it, or when it names a user and a password before the host */
    JdbcAddress {
        String kind = kind(text);
        if (!kind.equals("h2") && !kind.equals("postgresql") && !isMySql(kind)) {
            throw new StoreUnavailable("HYDRA_DB_URL: \"" + shown(text) + "\" is not allowed; allowed: " + ALLOWED);
        }
        if (!kind.equals("h2") && hasCredentials(text)) {
            throw new StoreUnavailable("HYDRA_DB_URL: \"" + shown(text)
                    + "\" names a user before the host; set HYDRA_DB_USER and HYDRA_DB_PASSWORD instead");
        }
    }

    private static String kind(String text) {
        return text.startsWith("jdbc:") && text.indexOf(':', 5) > 0 ? text.substring(5, text.indexOf(':', 5)) : "";
    }

    private static boolean isMySql(String kind) {
        return kind.equals("mysql") || kind.equals("mariadb");
    }

    boolean isMySql() {
        return isMySql(kind(text));
    }

    /** Class name of the driver. */
    String driver() {
        return switch (kind(text)) {
            case "h2" -> "org.h2.Driver";
            case "postgresql" -> "org.postgresql.Driver";
            default -> "org.mariadb.jdbc.Driver";
        };
    }

    /** MariaDB's driver speaks to MySQL too, but leaves addresses of that name to MySQL's own driver. */
    String url() {
        return kind(text).equals("mysql") ? MARIADB + text.substring("jdbc:mysql:".length()) : text;
    }

    /** The address without parameters and without a user before the host. */
    String shown() {
        return shown(text);
    }

    private static String shown(String text) {
        String plain = hasCredentials(text) ? text.substring(0, hostAt(text)) + "…@" + text.substring(lastAt(text) + 1) : text;
        for (int i = 0; i < plain.length(); i++) {
            // "(": MariaDB's address=(host=…)(password=…).
            if ("?;(".indexOf(plain.charAt(i)) >= 0) {
                return plain.substring(0, i);
            }
        }
        return plain;
    }

    private static boolean hasCredentials(String text) {
        return hostAt(text) >= 2 && lastAt(text) >= hostAt(text);
    }

    private static int hostAt(String text) {
        return text.indexOf("//") + 2;
    }

    /** A password may hold "/" and "?" itself, so everything up to the last "@" counts, save one that stands in a parameter's value. */
    private static int lastAt(String text) {
        int first = text.indexOf('@');
        int parameters = text.indexOf('?');
        return first < 0 || parameters >= 0 && first > parameters && text.lastIndexOf('=', first) > parameters ? -1 : text.lastIndexOf('@');
    }

    /** One line for the operator: the driver's own words without the address, and what to do. */
    String unusable(Refusal refusal) {
        String words = refusal.words().replace(url(), shown()).replace(text, shown());
        return "The database " + shown() + " cannot be opened: " + words + refusal.advice();
    }
}
