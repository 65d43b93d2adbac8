package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlWriter;

/** The pages of GenQuery 1 and of specific queries. */
final class Pages {
    /** The largest page; a client that wants more goes on with the next one. */
    private static final int MAX_ROWS = 100_000;

    /** A reply always has this many columns; those that were not asked for are empty. */
    private static final int COLUMNS = 50;

    /** The least value length that the real server tells; clients ignore it. */
    private static final int MIN_LENGTH = 50;

    private static final String EMPTY_COLUMN = new XmlWriter()
            .open("SqlResult_PI")
            .number("attriInx", 0)
            .number("reslen", 0)
            .close("SqlResult_PI")
            .toString();

    private Pages() {}

    /** A query in SQL, and what its first page starts with. */
    record Query(String sql, List<?> arguments, List<Integer> columns, int offset, boolean wantsTotal) {
        Query {
            arguments = List.copyOf(arguments);
            columns = List.copyOf(columns);
        }
    }

    /** Runs a query and answers with its first page. */
    static Reply first(Session session, Query query, int maxRows, boolean autoClose)
            throws SQLException, ApiException, IOException {
        session.cursors().requireRoom();
        long total = query.wantsTotal()
                ? session.zone()
                        .catalog()
                        .read(connection -> connection.number(
                                "select count(*) from (" + query.sql() + ")",
                                0,
                                query.arguments().toArray()))
                : 0;
        Cursor cursor = Cursor.open(session.cursors().store(), query.sql(), query.arguments(), query.columns());
        boolean kept = false;
        try {
            cursor.skip(query.offset());
            if (!cursor.hasRow()) {
                return Reply.of(Status.NO_ROWS, empty(0));
            }
            if (autoClose) {
                XmlRows rows = XmlRows.take(cursor, Math.min(maxRows, MAX_ROWS));
                return Reply.of(0, rows.body(rows.count() == maxRows ? -1 : 0, total));
            }
            int number = session.cursors().add(cursor);
            kept = true;
            return maxRows <= 0 ? Reply.of(0, empty(number)) : page(session, number, maxRows, total);
        } finally {
            if (!kept) {
                cursor.close();
            }
        }
    }

    /** Answers with the next page of the unfinished query {@code number}; without rows to fetch, closes it. */
    static Reply next(Session session, int number, int maxRows, boolean autoClose) throws SQLException, IOException {
        session.cursors().get(number);
        if (maxRows <= 0 || autoClose) {
            session.cursors().close(number);
            return Reply.of(0, empty(0));
        }
        return page(session, number, maxRows, 0);
    }

    /** A reply body without rows. */
    static byte[] empty(int continueIndex) {
        return header(0, 0, continueIndex, 0)
                .raw(EMPTY_COLUMN.repeat(COLUMNS))
                .close("GenQueryOut_PI")
                .bytes();
    }

    /** A page that is full says that there may be more, as the real server does without looking. */
    private static Reply page(Session session, int number, int maxRows, long total) throws SQLException, IOException {
        Cursor cursor = session.cursors().get(number);
        if (!cursor.hasRow()) {
            session.cursors().close(number);
            return Reply.of(Status.NO_ROWS, empty(0));
        }
        int wanted = Math.min(maxRows, MAX_ROWS);
        XmlRows rows = XmlRows.take(cursor, wanted);
        boolean full = rows.count() == wanted;
        if (!full) {
            session.cursors().close(number);
        }
        return Reply.of(0, rows.body(full ? number : 0, total));
    }

    private static XmlWriter header(int rows, int columns, int continueIndex, long total) {
        return header(new XmlWriter(4096), rows, columns, continueIndex, total);
    }

    private static XmlWriter header(XmlWriter out, int rows, int columns, int continueIndex, long total) {
        return out.open("GenQueryOut_PI")
                .number("rowCnt", rows)
                .number("attriCnt", columns)
                .number("continueInx", continueIndex)
                .number("totalRowCount", total);
    }

    /** Rows as the reply wants them: column by column. */
    private record XmlRows(int count, List<Integer> numbers, List<XmlWriter> values, int longest) {
        static XmlRows take(Cursor cursor, int maxRows) throws SQLException {
            List<XmlWriter> values = new ArrayList<>();
            cursor.columns().forEach(column -> values.add(new XmlWriter(1024)));
            int count = 0;
            int longest = 0;
            while (count < maxRows && cursor.hasRow()) {
                for (int i = 0; i < values.size(); i++) {
                    String text = cursor.text(i);
                    longest = Math.max(longest, text.length());
                    values.get(i).text("value", text);
                }
                cursor.next();
                count++;
            }
            return new XmlRows(count, cursor.columns(), values, longest);
        }

        byte[] body(int continueIndex, long total) {
            int capacity = 8192;
            for (XmlWriter column : values) {
                capacity += column.length() + 100;
            }
            XmlWriter out = header(new XmlWriter(capacity), count, numbers.size(), continueIndex, total);
            for (int i = 0; i < numbers.size(); i++) {
                out.open("SqlResult_PI")
                        .number("attriInx", numbers.get(i))
                        .number("reslen", Math.max(MIN_LENGTH, longest + 1))
                        .raw(values.get(i).content())
                        .close("SqlResult_PI");
            }
            return out.raw(EMPTY_COLUMN.repeat(COLUMNS - numbers.size()))
                    .close("GenQueryOut_PI")
                    .bytes();
        }
    }
}
