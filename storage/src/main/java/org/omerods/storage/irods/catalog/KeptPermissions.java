package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;

/** Permission bits of data objects as triples: one for each object of which some are kept. Thread-safe. */
public final class KeptPermissions {
    private static final String OPERATION = "set permissions";
    private static final Query OBJECT = Query.select(Column.DATA_ID);
    private static final Query TRIPLES = Query.select(Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_UNITS);

    private final CatalogCalls calls;
    private final Marks marks;

    KeptPermissions(CatalogCalls calls, Marks marks) {
        this.calls = calls;
        this.marks = marks;
    }

    /**
     * Replaces whatever is kept, by one question and one change.
     *
     * @throws StorageException NOT_FOUND when no data object is there
     */
    public void set(StoragePath path, OptionalInt permissions) throws StorageException {
        String attribute = marks.modeAttribute()
                .orElseThrow(() -> new StorageException(
                        Reason.UNSUPPORTED, OPERATION, path.value(), "no attribute is configured for them"));
        List<Operation> operations = operations(present(path, attribute), attribute, permissions);
        if (operations.isEmpty()) {
            return;
        }
        Request request = AvuMessages.changeOfObject(path, operations);
        Reply reply = calls.change(
                OPERATION,
                path.value(),
                connection -> connection.submit(request).await());
        if (reply.status() < 0) {
            throw AvuMessages.failure(path, reply);
        }
    }

    /** The same flight tells whether an object is there: the call that changes triples answers no more than "invalid". */
    private List<Avu> present(StoragePath path, String attribute) throws StorageException {
        Query triples = Catalog.at(path, TRIPLES).where(Column.META_DATA_ATTR_NAME, attribute);
        List<List<Row>> answers = calls.ask(
                OPERATION,
                path.value(),
                connection -> QueryRunner.run(connection, OPERATION, path.value(), Catalog.at(path, OBJECT), triples));
        if (answers.getFirst().isEmpty()) {
            throw new StorageException(
                    Reason.NOT_FOUND, OPERATION, path.value(), "no such data object, or not visible");
        }
        return answers.getLast().stream()
                .map(row ->
                        new Avu(attribute, row.get(Column.META_DATA_ATTR_VALUE), row.get(Column.META_DATA_ATTR_UNITS)))
                .toList();
    }

    private static List<Operation> operations(List<Avu> present, String attribute, OptionalInt permissions) {
        List<Operation> operations = new ArrayList<>();
        present.forEach(avu -> operations.add(new Operation.Remove(avu)));
        if (permissions.isPresent()) {
            Avu wanted = new Avu(attribute, Marks.text(permissions.getAsInt()), "");
            if (!operations.remove(new Operation.Remove(wanted))) {
                operations.add(new Operation.Add(wanted));
            }
        }
        return operations;
    }
}
