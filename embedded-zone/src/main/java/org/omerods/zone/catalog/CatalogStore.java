package org.omerods.zone.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.zone.wire.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file: one connection that writes, any number that read.
 *
 * <p>The write-ahead log makes the file valid after a kill at any moment, and lets readers go on while a change is made.
 * {@code synchronous=NORMAL} means that a power cut may lose the last changes but not the catalog.
 *
 * <p>Thread safe. {@code writing} guards the writing connection, {@code idle} guards itself; neither is held for the other.
 */
public final class CatalogStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogStore.class);

    /** Idle reading connections that are kept; a burst opens more and they are closed when it is over. */
    private static final int MAX_IDLE = 16;

    private final Path file;
    private final CatalogConnection writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<CatalogConnection> idle = new ArrayDeque<>();
    private boolean closed;

    private CatalogStore(Path file) throws SQLException {
        this.file = file;
        this.writer = connect(false);
    }

    /** Opens the catalog in {@code file}, and makes it where it is missing. */
    public static CatalogStore open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // It holds passwords, which native authentication needs in clear text; SQLite gives its log the same
        // permissions.
        OwnerOnly.create(file);
        try {
            CatalogStore store = new CatalogStore(file);
            for (String statement : Schema.STATEMENTS) {
                store.writer.execute(statement);
            }
            return store;
        } catch (SQLException e) {
            throw new IOException("cannot open the catalog " + file + ": " + e.getMessage(), e);
        }
    }

    /** Work inside a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(CatalogConnection connection) throws SQLException, ApiException;
    }

    /** Runs {@code work} in the one writing transaction; any exception undoes all of it. */
    public <T> T write(Work<T> work) throws SQLException, ApiException {
        writing.lock();
        try {
            writer.execute("begin immediate");
            boolean done = false;
            try {
                T result = work.run(writer);
                writer.execute("commit");
                done = true;
                return result;
            } finally {
                if (!done) {
                    undo();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    private void undo() {
        try {
            writer.execute("rollback");
        } catch (SQLException e) {
            log.debug("the database undid a transaction by itself: {}", e.getMessage()); // its disk is full
        }
    }

    /** Runs {@code work} on a reading connection. */
    public <T> T read(Work<T> work) throws SQLException, ApiException {
        CatalogConnection connection = borrow();
        boolean healthy = false;
        try {
            T result = work.run(connection);
            healthy = true;
            return result;
        } catch (ApiException e) {
            healthy = true;
            throw e;
        } finally {
            if (healthy) {
                giveBack(connection);
            } else {
                connection.close();
            }
        }
    }

    /** A reading connection for a cursor that stays open; goes back by {@link #giveBack}. */
    public CatalogConnection borrow() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return connect(true);
    }

    /** Takes back a connection that has no open cursor. */
    public void giveBack(CatalogConnection connection) throws SQLException {
        synchronized (idle) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.push(connection);
                return;
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(CatalogStore::closeQuietly);
            idle.clear();
        }
        writing.lock();
        try {
            closeQuietly(writer);
        } finally {
            writing.unlock();
        }
    }

    private static void closeQuietly(CatalogConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("a catalog connection did not close: {}", e.getMessage());
        }
    }

    private CatalogConnection connect(boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(10_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.CASE_SENSITIVE_LIKE, "true");
        if (readOnly) {
            config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, String.valueOf(256L * 1024 * 1024));
        }
        CatalogConnection connection = new CatalogConnection(config.createConnection("jdbc:sqlite:" + file));
        if (readOnly) {
            connection.execute("pragma query_only = true");
        }
        return connection;
    }
}
