package org.omerods.omero.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.database.OmeroDatabase;

/**
 * A real PostgreSQL, started once for all tests of this JVM from the binaries of a Maven artifact, and ended with it. A
 * server refuses to run as root; for root the library starts it in a user namespace of its own.
 */
public final class TestPostgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** Login of the role that may only read: what a companion is given. */
    public static final String READER = "irods_companion";

    private static final String READER_PASSWORD = "only for tests";

    private TestPostgres() {}

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setLocaleConfig("encoding", "UTF8")
                        .setLocaleConfig("locale", "C.UTF-8")
                        .start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create role " + READER + " login password '" + READER_PASSWORD + "'");
                }
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("the PostgreSQL of the tests does not start", e);
            }
        }
    }

    /** An empty database. */
    public static Database newDatabase() throws SQLException {
        String name = "omero" + NUMBER.incrementAndGet();
        try (Connection connection = Holder.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(name, Holder.SERVER.getPort());
    }

    /** One database: its address for the owner and for the reader. */
    public record Database(String name, int port) {
        /** Without user and password. */
        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
        }

        /** The login of the reader. */
        public DatabaseConfig reader() {
            return DatabaseConfig.of(url(), READER, READER_PASSWORD);
        }

        /** As a companion opens it. The caller closes it. */
        public OmeroDatabase openAsReader() {
            return OmeroDatabase.open(reader());
        }

        /** A connection that may do everything: the OMERO server's side. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url() + "?user=postgres&password=postgres");
        }

        /** Ends all sessions of the reader, as a restart of the server would. */
        public void cutReaders() throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + READER
                        + "' and datname = '" + name + "'");
            }
        }

        /** Lets the reader log in, or not. */
        public void allowReaders(boolean allow) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute((allow ? "grant connect on database " : "revoke connect on database ")
                        + name
                        + (allow ? " to public" : " from public"));
            }
            if (!allow) {
                cutReaders();
            }
        }
    }
}
