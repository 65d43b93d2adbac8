package org.omerods.omero.database;

import java.time.Duration;
import java.util.Map;

/**
 * How the database of the OMERO server is reached.
 *
 * @param url JDBC address, {@code jdbc:postgresql://host:5432/omero}
 * @param user role that may only select
 * @param password never shown
 * @param connections kept at most; each is a process of the database server
 * @param timeout limit of connecting and of each statement
 */
public record DatabaseConfig(String url, String user, String password, int connections, Duration timeout) {
    /** A reader, a lock holder, and colleagues that read for themselves. */
    public static final int DEFAULT_CONNECTIONS = 4;

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    public DatabaseConfig {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "omero.database-url " + url + " is no address such as jdbc:postgresql://host:5432/omero");
        }
        if (connections < 2 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(connections + " connections, timeout " + timeout);
        }
    }

    public static DatabaseConfig of(String url, String user, String password) {
        return new DatabaseConfig(url, user, password, DEFAULT_CONNECTIONS, DEFAULT_TIMEOUT);
    }

    @Override
    public String toString() {
        return Map.of("url", url, "user", user, "password", "***").toString();
    }
}
