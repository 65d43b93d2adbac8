package org.omerods.zone.agent;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CatalogStore;

/** An unfinished query: it holds a catalog connection of its own, so that others go on seeing changes. For one thread. */
final class Cursor implements AutoCloseable {
    private final CatalogStore store;
    private final CatalogConnection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<Integer> columns;
    private boolean hasRow;
    private boolean closed;

    private Cursor(CatalogStore store, CatalogConnection connection, PreparedStatement statement, List<Integer> columns)
            throws SQLException {
        this.store = store;
        this.connection = connection;
        this.statement = statement;
        this.columns = columns;
        this.rows = statement.executeQuery();
        this.hasRow = rows.next();
    }

    /** Starts a query; {@code columns} are the numbers that its reply shows. */
    static Cursor open(CatalogStore store, String sql, List<?> arguments, List<Integer> columns) throws SQLException {
        CatalogConnection connection = store.borrow();
        boolean done = false;
        try {
            PreparedStatement statement = connection.prepare(sql);
            Cursor cursor =
                    new Cursor(store, connection, CatalogConnection.bind(statement, arguments.toArray()), columns);
            done = true;
            return cursor;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    List<Integer> columns() {
        return columns;
    }

    /** Whether a row is left. */
    boolean hasRow() {
        return hasRow;
    }

    /** Moves past {@code count} rows. */
    void skip(int count) throws SQLException {
        for (int i = 0; i < count && hasRow; i++) {
            hasRow = rows.next();
        }
    }

    /** The current row's text in column {@code index}, from 0; null becomes empty. */
    String text(int index) throws SQLException {
        String value = rows.getString(index + 1);
        return value == null ? "" : value;
    }

    /** Goes to the next row. */
    void next() throws SQLException {
        hasRow = rows.next();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        statement.close();
        store.giveBack(connection);
    }
}
