package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.QueryPage;

/** Runs queries to their end: all rows, or an exception. */
final class QueryRunner {
    /** A collection with more entries than this cannot be listed in memory; no directory is used with so many. */
    private static final int MAX_ROWS = 5_000_000;

    private QueryRunner() {}

    /** {@link #run(Connection, String, String, List)} of so many. */
    static List<List<Row>> run(Connection connection, String operation, String path, Query... queries)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        return run(connection, operation, path, List.of(queries));
    }

    /** Runs queries whose first pages travel in one flight; the answers are in the order of the queries. */
    static List<List<Row>> run(Connection connection, String operation, String path, List<Query> queries)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        List<Exchange> first = new ArrayList<>();
        boolean complete = false;
        try {
            for (Query query : queries) {
                first.add(connection.submit(query.page(0)));
            }
            List<List<Row>> answers = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) {
                answers.add(rows(connection, operation, path, queries.get(i), first.get(i)));
            }
            complete = true;
            return answers;
        } finally {
            if (!complete) {
                // A statement may still be open there, and an agent with fifty of them answers nothing any more.
                connection.retire();
            }
        }
    }

    /**
     * Shows the rows of one query one by one and keeps none. The next page is under way while the rows of one are shown.
     */
    static void visit(Connection connection, String operation, String path, Query query, Consumer<Row> visitor)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        boolean complete = false;
        try {
            Exchange exchange = connection.submit(query.page(0));
            while (true) {
                Reply reply = exchange.await();
                if (reply.is(ErrorCode.CAT_NO_ROWS_FOUND)) {
                    break;
                }
                QueryPage page = QueryPage.parse(reply.orThrow(operation, path).body());
                boolean more = page.continueIndex() > 0;
                if (more) {
                    exchange = connection.submit(query.page(page.continueIndex()));
                }
                rowsOf(query, page).forEach(visitor);
                if (!more) {
                    break;
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                connection.retire();
            }
        }
    }

    private static List<Row> rows(Connection connection, String operation, String path, Query query, Exchange first)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        List<Row> rows = new ArrayList<>();
        Exchange exchange = first;
        while (true) {
            Reply reply = exchange.await();
            if (reply.is(ErrorCode.CAT_NO_ROWS_FOUND)) {
                return rows;
            }
            QueryPage page = QueryPage.parse(reply.orThrow(operation, path).body());
            rows.addAll(rowsOf(query, page));
            if (page.continueIndex() <= 0) {
                return rows;
            }
            if (rows.size() > MAX_ROWS) {
                connection.submit(query.close(page.continueIndex())).await();
                throw new StorageException(
                        Reason.UNSUPPORTED, operation, path, "more than " + MAX_ROWS + " entries in one collection");
            }
            exchange = connection.submit(query.page(page.continueIndex()));
        }
    }

    /** The rows of a page that were meant. */
    static List<Row> rowsOf(Query query, QueryPage page) throws MalformedMessage {
        List<Row> rows = new ArrayList<>(page.rowCount());
        Map<Column, List<String>> columns = new EnumMap<>(Column.class);
        for (Column column : query.columns()) {
            columns.put(column, page.column(column.number()));
        }
        for (int i = 0; i < page.rowCount(); i++) {
            int number = i;
            Row row = column -> {
                List<String> values = columns.get(column);
                if (values == null) {
                    throw new IllegalArgumentException(column + " was not selected");
                }
                return values.get(number);
            };
            if (query.matches(row)) {
                rows.add(row);
            }
        }
        return rows;
    }
}
