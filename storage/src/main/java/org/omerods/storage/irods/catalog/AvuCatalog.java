package org.omerods.storage.irods.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.CatalogMessages;
import org.omerods.storage.irods.wire.ErrorCode;

/** Triples: listed by query, changed by the server's atomic call. Thread-safe. */
final class AvuCatalog implements AvuStore {
    private static final Query OF_OBJECT =
            Query.select(Column.META_DATA_ATTR_NAME, Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_UNITS);
    private static final Query OF_COLLECTION =
            Query.select(Column.META_COLL_ATTR_NAME, Column.META_COLL_ATTR_VALUE, Column.META_COLL_ATTR_UNITS);

    private final Catalog catalog;
    private final CatalogCalls calls;

    private final AvuSearch search;
    private final AvuChanges changes;

    AvuCatalog(Catalog catalog, CatalogCalls calls, BulkCalls bulk) {
        this.catalog = catalog;
        this.calls = calls;
        this.search = new AvuSearch(calls, bulk);
        this.changes = new AvuChanges(bulk, this::apply);
    }

    @Override
    public List<Avu> list(StoragePath path) throws StorageException {
        Query object = OF_OBJECT.where(Column.COLL_NAME, path.parent().value()).where(Column.DATA_NAME, path.name());
        Query collection = OF_COLLECTION.where(Column.COLL_NAME, path.value());
        List<Avu> avus = calls.ask("list AVUs", path.value(), connection -> {
            List<List<Row>> answers = path.isRoot()
                    ? List.of(
                            List.of(),
                            QueryRunner.run(connection, "list AVUs", path.value(), collection)
                                    .getFirst())
                    : QueryRunner.run(connection, "list AVUs", path.value(), object, collection);
            return Stream.concat(
                            answers.getFirst().stream()
                                    .map(row -> new Avu(
                                            row.get(Column.META_DATA_ATTR_NAME),
                                            row.get(Column.META_DATA_ATTR_VALUE),
                                            row.get(Column.META_DATA_ATTR_UNITS))),
                            answers.getLast().stream()
                                    .map(row -> new Avu(
                                            row.get(Column.META_COLL_ATTR_NAME),
                                            row.get(Column.META_COLL_ATTR_VALUE),
                                            row.get(Column.META_COLL_ATTR_UNITS))))
                    .toList();
        });
        if (avus.isEmpty()) {
            requireEntry(path, "list AVUs"); // none, or nothing there: the query cannot tell
        }
        return avus;
    }

    @Override
    public void apply(StoragePath path, List<Operation> operations) throws StorageException {
        Entry entry = requireEntry(path, "change AVUs");
        Request request = AvuMessages.change(entry, operations);
        Reply reply = calls.change(
                "change AVUs",
                path.value(),
                connection -> connection.submit(request).await());
        if (reply.status() < 0) {
            throw AvuMessages.failure(path, reply);
        }
    }

    /** By the call for a single triple: the atomic one does not tell whether a triple was there. */
    @Override
    public boolean remove(StoragePath path, Avu avu) throws StorageException {
        String type = switch (requireEntry(path, "remove an AVU")) {
            case DataObject object -> "-d";
            case SymbolicLink link -> "-d";
            case Collection collection -> "-C";
        };
        byte[] body = CatalogMessages.removeAvu(type, path.value(), avu.attribute(), avu.value(), avu.units());
        Reply reply = calls.change(
                "remove an AVU",
                path.value(),
                connection -> connection
                        .submit(Request.of(Api.MOD_AVU_METADATA, body))
                        .await());
        if (reply.is(ErrorCode.CAT_SUCCESS_BUT_WITH_NO_INFO)) {
            return false;
        }
        var _ = reply.orThrow("remove an AVU", path.value());
        return true;
    }

    private Entry requireEntry(StoragePath path, String operation) throws StorageException {
        return catalog.find(path, operation)
                .orElseThrow(() -> new StorageException(
                        Reason.NOT_FOUND, operation, path.value(), "no such object or collection, or not visible"));
    }

    @Override
    public Set<StoragePath> find(String attribute) throws StorageException {
        return search.find(attribute);
    }

    @Override
    public Map<String, Set<StoragePath>> find(String attribute, java.util.Collection<String> values)
            throws StorageException {
        return search.find(attribute, values);
    }

    @Override
    public Map<StoragePath, List<Avu>> listObjects(java.util.Collection<StoragePath> objects, String attributePrefix)
            throws StorageException {
        return search.listObjects(objects, attributePrefix);
    }

    @Override
    public void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
            throws StorageException {
        search.scan(collection, attributePrefix, visitor);
    }

    @Override
    public Map<StoragePath, StorageException> applyAll(Map<StoragePath, List<Operation>> wanted)
            throws StorageException {
        return changes.applyAll(wanted);
    }
}
