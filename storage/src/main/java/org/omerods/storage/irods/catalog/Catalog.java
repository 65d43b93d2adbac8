package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omerods.storage.AvuStore;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.wire.MalformedMessage;

/** Questions to the catalog, by GenQuery1: the fastest way to ask a server for one entry and for many. Thread-safe. */
public final class Catalog {
    private static final Query COLLECTION = Query.select(
            Column.COLL_ID, Column.COLL_NAME, Column.COLL_OWNER_NAME, Column.COLL_CREATE_TIME, Column.COLL_MODIFY_TIME);
    private static final Query REPLICA = Query.select(Replica.COLUMNS);
    private static final Query LOCATION = Query.select(Column.RESC_LOC);

    private final CatalogCalls calls;
    private final Marks marks;
    private final Query marked;
    private final Optional<Query> markedCollections;
    private final BulkCalls bulk;

    /** @param marks what is asked of each object beside its replicas */
    public Catalog(ConnectionPool pool, Marks marks) {
        this.calls = new CatalogCalls(pool);
        this.marks = marks;
        this.marked = marks.query();
        this.markedCollections = marks.collectionQuery();
        this.bulk = new BulkCalls(pool);
    }

    /** Changes of names in the same catalog. */
    public CatalogChanges changes() {
        return new CatalogChanges(this, calls);
    }

    /** Permission bits of objects and collections, where they are kept. */
    public KeptPermissions permissions() {
        return new KeptPermissions(calls, marks);
    }

    /** What a user of a zone may do. */
    public AccessRights rightsOf(String user, String zone) {
        return new AccessRights(calls, user, zone);
    }

    public AvuStore avus() {
        return new AvuCatalog(this, calls, bulk);
    }

    /** One flight: it is not known what the path names, so collection, object and marks are asked for. */
    public Entry stat(StoragePath path) throws StorageException {
        return find(path, "stat")
                .orElseThrow(() -> new StorageException(
                        Reason.NOT_FOUND, "stat", path.value(), "no such object or collection, or not visible"));
    }

    /** The same, with absence as a value. */
    public Optional<Entry> find(StoragePath path, String operation) throws StorageException {
        return calls.ask(operation, path.value(), connection -> {
            List<Query> questions = new ArrayList<>();
            questions.add(COLLECTION.where(Column.COLL_NAME, path.value()));
            if (!path.isRoot()) {
                questions.add(at(path, REPLICA));
                questions.add(at(path, marked));
            }
            markedCollections.ifPresent(query -> questions.add(query.where(Column.COLL_NAME, path.value())));
            List<List<Row>> answers = QueryRunner.run(connection, operation, path.value(), questions);
            try {
                EntryRows rows = new EntryRows(path.parent(), marks);
                if (!answers.getFirst().isEmpty()) {
                    markedCollections.ifPresent(_ -> rows.addCollectionMarks(answers.getLast()));
                    return Optional.of(rows.collection(path, answers.getFirst().getFirst()));
                }
                if (!path.isRoot()) {
                    rows.addObjects(answers.get(1));
                    rows.addMarks(answers.get(2));
                }
                return rows.single(path);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new MalformedMessage("a row of the catalog cannot be read: " + e.getMessage());
            }
        });
    }

    /** All children; in the same flight the collection itself, to tell an empty one from none, and the marks. */
    public Listing list(StoragePath path) throws StorageException {
        Optional<Listing> listing = calls.ask("list", path.value(), connection -> {
            List<Query> questions = new ArrayList<>(List.of(
                    COLLECTION.where(Column.COLL_NAME, path.value()),
                    REPLICA.where(Column.COLL_NAME, path.value()),
                    COLLECTION.where(Column.COLL_PARENT_NAME, path.value()),
                    marked.where(Column.COLL_NAME, path.value())));
            markedCollections.ifPresent(query -> questions.add(query.where(Column.COLL_PARENT_NAME, path.value())));
            List<List<Row>> answers = QueryRunner.run(connection, "list", path.value(), questions);
            if (answers.subList(0, 3).stream().allMatch(List::isEmpty)) {
                return Optional.empty();
            }
            EntryRows rows = new EntryRows(path, marks);
            rows.addObjects(answers.get(1));
            rows.addMarks(answers.get(3));
            markedCollections.ifPresent(_ -> rows.addCollectionMarks(answers.getLast()));
            rows.addCollections(answers.get(2));
            return Optional.of(rows.toListing());
        });
        if (listing.isPresent()) {
            return listing.get();
        }
        Optional<Entry> object = find(path, "list");
        throw object.isPresent()
                ? new StorageException(Reason.NOT_A_COLLECTION, "list", path.value(), "it is a data object")
                : new StorageException(Reason.NOT_FOUND, "list", path.value(), "no such collection, or not visible");
    }

    /**
     * Whether an object still is the version that {@code object} tells of; by its number, so that a rename does not matter.
     *
     * @throws StorageException STALE, NOT_FOUND
     */
    public void verify(DataObject object) throws StorageException {
        locate(object, Reason.NOT_FOUND);
    }

    /**
     * The same version under the path that it has now.
     *
     * @throws StorageException STALE when it was changed or removed
     */
    public DataObject locate(DataObject object) throws StorageException {
        return locate(object, Reason.STALE);
    }

    private DataObject locate(DataObject object, Reason whenGone) throws StorageException {
        VersionQuestion question = new VersionQuestion(object);
        return calls.ask("verify", object.path().value(), connection -> {
            return question.judge(connection.submit(question.request()).await(), whenGone);
        });
    }

    /** The host on which a resource keeps its files, where the catalog tells. */
    public Optional<String> locationOf(String resource) throws StorageException {
        return calls.ask("locate", resource, connection -> {
            Query query = LOCATION.where(Column.RESC_NAME, resource);
            List<Row> rows =
                    QueryRunner.run(connection, "locate", resource, query).getFirst();
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rows.getFirst().get(Column.RESC_LOC)).filter(host -> !host.isBlank());
        });
    }

    /** Of the object at a path. */
    static Query at(StoragePath path, Query query) {
        return query.where(Column.COLL_NAME, path.parent().value()).where(Column.DATA_NAME, path.name());
    }
}
