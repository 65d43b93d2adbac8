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

/** Permission bits as triples: one for each object and collection of which some are kept. Thread-safe. */
public final class KeptPermissions {
    private static final String OPERATION = "set permissions";
    private static final Query OBJECT = Query.select(Column.DATA_ID);
    private static final Query COLLECTION = Query.select(Column.COLL_ID);
    private static final Query TRIPLES = Query.select(Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_UNITS);
    private static final Query TRIPLES_OF_COLLECTION =
            Query.select(Column.META_COLL_ATTR_VALUE, Column.META_COLL_ATTR_UNITS);

    private final CatalogCalls calls;
    private final Marks marks;

    KeptPermissions(CatalogCalls calls, Marks marks) {
        this.calls = calls;
        this.marks = marks;
    }

    /**
     * Replaces whatever is kept, by one flight of questions and one change.
     *
     * @throws StorageException NOT_FOUND when nothing is there
     */
    public void set(StoragePath path, OptionalInt permissions) throws StorageException {
        String attribute = marks.modeAttribute()
                .orElseThrow(() -> new StorageException(
                        Reason.UNSUPPORTED, OPERATION, path.value(), "no attribute is configured for them"));
        Present present = present(path, attribute);
        List<Operation> operations = operations(present.avus(), attribute, permissions);
        if (operations.isEmpty()) {
            return;
        }
        Request request = present.isCollection()
                ? AvuMessages.changeOfCollection(path, operations)
                : AvuMessages.changeOfObject(path, operations);
        Reply reply = calls.change(
                OPERATION,
                path.value(),
                connection -> connection.submit(request).await());
        if (reply.status() < 0) {
            throw AvuMessages.failure(path, reply);
        }
    }

    /** What a path names, and the triples that are to be replaced. */
    private record Present(boolean isCollection, List<Avu> avus) {}

    /** The same flight tells what is there: the call that changes triples answers no more than "invalid". */
    private Present present(StoragePath path, String attribute) throws StorageException {
        List<Query> questions = new ArrayList<>(List.of(
                COLLECTION.where(Column.COLL_NAME, path.value()),
                TRIPLES_OF_COLLECTION
                        .where(Column.COLL_NAME, path.value())
                        .where(Column.META_COLL_ATTR_NAME, attribute)));
        if (!path.isRoot()) {
            questions.add(Catalog.at(path, OBJECT));
            questions.add(Catalog.at(path, TRIPLES).where(Column.META_DATA_ATTR_NAME, attribute));
        }
        List<List<Row>> answers = calls.ask(
                OPERATION, path.value(), connection -> QueryRunner.run(connection, OPERATION, path.value(), questions));
        if (!answers.getFirst().isEmpty()) {
            return new Present(
                    true, avus(answers.get(1), attribute, Column.META_COLL_ATTR_VALUE, Column.META_COLL_ATTR_UNITS));
        }
        if (path.isRoot() || answers.get(2).isEmpty()) {
            throw new StorageException(
                    Reason.NOT_FOUND, OPERATION, path.value(), "no such object or collection, or not visible");
        }
        return new Present(
                false, avus(answers.get(3), attribute, Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_UNITS));
    }

    private static List<Avu> avus(List<Row> rows, String attribute, Column value, Column units) {
        return rows.stream()
                .map(row -> new Avu(attribute, row.get(value), row.get(units)))
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
