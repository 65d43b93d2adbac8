package org.omerods.storage.irods.catalog;

import java.util.List;
import java.util.Optional;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.QueryPage;

/**
 * The question which object lies at a path, as one request that may stand behind the change that it is about: one
 * connection is served in order, so that the answer knows of the change, and costs no round trip of its own. It does not
 * tell whether the object is marked as a link. Immutable.
 */
public final class ObjectQuestion {
    private static final Query REPLICA = Query.select(Replica.COLUMNS);

    private final StoragePath path;
    private final Query query;

    public ObjectQuestion(StoragePath path) {
        this.path = path;
        this.query = Catalog.at(path, REPLICA);
    }

    public Request request() {
        return query.page(0);
    }

    /**
     * What the reply tells.
     *
     * @param present the object; empty when none is there, or none is visible
     * @param isWhole false when it has so many replicas that the server holds more rows and a statement for them: the
     *     connection is to be retired
     */
    public record Answer(Optional<DataObject> present, boolean isWhole) {}

    public Answer answer(Reply reply) throws StorageException, MalformedMessage {
        if (reply.is(ErrorCode.CAT_NO_ROWS_FOUND)) {
            return new Answer(Optional.empty(), true);
        }
        QueryPage page = QueryPage.parse(reply.orThrow("write", path.value()).body());
        try {
            List<Row> rows = QueryRunner.rowsOf(query, page);
            Optional<DataObject> object = rows.isEmpty() ? Optional.empty() : Optional.of(EntryRows.object(path, rows));
            return new Answer(object, page.continueIndex() <= 0);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessage("a row of the catalog cannot be read: " + e.getMessage());
        }
    }
}
