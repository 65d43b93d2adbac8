package org.omerods.omero.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The database of an OMERO server, for reading only: every transaction is declared read-only, whatever the role may do.
 * Thread-safe. A database that is away fails each call with an {@link SQLException} after the connect timeout; when it is
 * back, the next call succeeds.
 */
public final class OmeroDatabase implements AutoCloseable {
    /** Failing fast is right here: whoever asks waits and asks again. */
    private static final int CONNECT_SECONDS = 10;

    private final DatabaseConfig config;
    private final HikariDataSource pool;
    private final AtomicLong reads = new AtomicLong();

    private OmeroDatabase(DatabaseConfig config, HikariDataSource pool) {
        this.config = config;
        this.pool = pool;
    }

    /** Does not connect yet. */
    public static OmeroDatabase open(DatabaseConfig config) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("omero-database");
        settings.setJdbcUrl(config.url());
        settings.setUsername(config.user());
        settings.setPassword(config.password());
        settings.setReadOnly(true);
        settings.setAutoCommit(false);
        settings.setMaximumPoolSize(config.connections());
        settings.setMinimumIdle(0);
        settings.setInitializationFailTimeout(-1);
        settings.setConnectionTimeout(CONNECT_SECONDS * 1000L);
        settings.addDataSourceProperty("ApplicationName", "omerods");
        settings.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
        settings.addDataSourceProperty("socketTimeout", config.timeout().toSeconds());
        settings.addDataSourceProperty("tcpKeepAlive", "true");
        return new OmeroDatabase(config, new HikariDataSource(settings));
    }

    /** What is read in one transaction. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    /**
     * Reads in one transaction, of which all statements see the same state of the database. It may be read twice, when the
     * connection breaks.
     */
    public <T> T read(Reading<T> reading) throws SQLException {
        reads.incrementAndGet();
        try {
            return readOnce(reading);
        } catch (SQLException e) {
            if (!isBroken(e)) {
                throw e;
            }
            // The server was restarted: all connections of the pool are of the time before.
            pool.getHikariPoolMXBean().softEvictConnections();
            return readOnce(reading);
        }
    }

    /** Classes 08 (connection) and 57P (the server ends sessions) of SQLSTATE. */
    private static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private <T> T readOnce(Reading<T> reading) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            T result = reading.from(connection);
            connection.commit();
            return result;
        }
    }

    /** A connection of its own, outside the pool, for locks that last as long as it does. The caller closes it. */
    public Connection connectForLocks() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password());
        properties.setProperty("ApplicationName", "omerods locks");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Long.toString(config.timeout().toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        Connection connection = DriverManager.getConnection(config.url(), properties);
        connection.setReadOnly(true);
        return connection;
    }

    /** Transactions since the start. */
    public long reads() {
        return reads.get();
    }

    @Override
    public void close() {
        pool.close();
    }
}
