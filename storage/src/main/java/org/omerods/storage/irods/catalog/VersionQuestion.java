package org.omerods.storage.irods.catalog;

import java.util.List;
import java.util.Optional;
import org.omerods.storage.DataObject;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.QueryPage;

/**
 * The question whether an object still is the version that somebody read, as one request that may stand in any flight:
 * its answer is one row, so that no statement stays open on the server. By number, so that a rename does not matter.
 * Immutable.
 */
public final class VersionQuestion {
    private static final Query LOCATED_REPLICA = Query.select(Replica.COLUMNS).and(Column.COLL_NAME);

    private final DataObject object;
    private final Query query;

    public VersionQuestion(DataObject object) {
        this.object = object;
        this.query = LOCATED_REPLICA
                .where(Column.DATA_ID, Long.toString(object.id()))
                .where(Column.DATA_REPL_NUM, Integer.toString(object.version().replica()));
    }

    public Request request() {
        return query.page(0);
    }

    /**
     * The object as the answer tells of it, under the path that it has now.
     *
     * @param whenGone what it means that there is no such replica
     * @throws StorageException STALE when it is another version, {@code whenGone}, and errors of the server
     */
    public DataObject judge(Reply reply, Reason whenGone) throws StorageException, MalformedMessage {
        String path = object.path().value();
        DataObject now = answer(reply, path)
                .orElseThrow(() ->
                        new StorageException(whenGone, "verify", path, "the object is gone, or not visible any more"));
        boolean sameState = now.state() == object.state() || now.state() == ReplicaState.GOOD;
        if (!now.version().equals(object.version()) || !sameState) {
            throw new StorageException(
                    Reason.STALE,
                    "verify",
                    path,
                    "was " + object.version() + ", is " + now.version() + " " + now.state());
        }
        return now;
    }

    private Optional<DataObject> answer(Reply reply, String path) throws StorageException, MalformedMessage {
        if (reply.is(ErrorCode.CAT_NO_ROWS_FOUND)) {
            return Optional.empty();
        }
        List<Row> rows = QueryRunner.rowsOf(
                query, QueryPage.parse(reply.orThrow("verify", path).body()));
        try {
            return rows.isEmpty() ? Optional.empty() : Optional.of(located(rows.getFirst()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessage("a row of the catalog cannot be read: " + e.getMessage());
        }
    }

    private static DataObject located(Row row) {
        return EntryRows.object(
                new StoragePath(row.get(Column.COLL_NAME)).child(row.get(Column.DATA_NAME)), List.of(row));
    }
}
