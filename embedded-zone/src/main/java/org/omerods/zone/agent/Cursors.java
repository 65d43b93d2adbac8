package org.omerods.zone.agent;

import java.io.EOFException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unfinished queries of a connection, by the number with which they go on. For one thread. */
final class Cursors {
    private static final Logger log = LoggerFactory.getLogger(Cursors.class);

    /** As many as the real server allows; the next one is refused. */
    private static final int MAX_OPEN = 50;

    private final CatalogStore store;
    private final Map<Integer, Cursor> open = new TreeMap<>();

    Cursors(CatalogStore store) {
        this.store = store;
    }

    CatalogStore store() {
        return store;
    }

    boolean isFull() {
        return open.size() >= MAX_OPEN;
    }

    void requireRoom() throws ApiException {
        if (isFull()) {
            throw new ApiException(
                    Status.STATEMENT_TABLE_FULL, "too many unfinished queries on this connection", Pages.empty(0));
        }
    }

    /** Keeps {@code cursor}; returns its number. */
    int add(Cursor cursor) {
        int number = 1;
        while (open.containsKey(number)) {
            number++;
        }
        open.put(number, cursor);
        return number;
    }

    /** The cursor {@code number}; ends the connection where there is none, as the real agent does. */
    Cursor get(int number) throws EOFException {
        Cursor cursor = open.get(number);
        if (cursor == null) {
            throw new EOFException("no unfinished query " + number + ": the real agent ends here, too");
        }
        return cursor;
    }

    void close(int number) throws SQLException {
        Cursor cursor = open.remove(number);
        if (cursor != null) {
            cursor.close();
        }
    }

    void closeAll() {
        for (Cursor cursor : open.values()) {
            try {
                cursor.close();
            } catch (SQLException e) {
                log.debug("a query did not close: {}", e.getMessage());
            }
        }
        open.clear();
    }
}
