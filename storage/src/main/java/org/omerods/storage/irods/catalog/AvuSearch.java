package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.omerods.storage.Avu;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.wire.MalformedMessage;

/** Questions about the triples of many things. None joins with a listing, which would drop what has no triples. */
final class AvuSearch {
    private static final Query OBJECT_PATHS = Query.select(Column.COLL_NAME, Column.DATA_NAME);
    private static final Query COLLECTION_PATHS = Query.select(Column.COLL_NAME);
    private static final Query OBJECT_AVUS = OBJECT_PATHS
            .and(Column.META_DATA_ATTR_NAME)
            .and(Column.META_DATA_ATTR_VALUE)
            .and(Column.META_DATA_ATTR_UNITS);
    private static final Query COLLECTION_AVUS = COLLECTION_PATHS
            .and(Column.META_COLL_ATTR_NAME)
            .and(Column.META_COLL_ATTR_VALUE)
            .and(Column.META_COLL_ATTR_UNITS);

    /** From so many wanted objects of a collection on, all of the collection is asked for. */
    private static final int MANY_OF_A_COLLECTION = 8;
    /** Questions in one flight on a connection. */
    private static final int FLIGHT = 16;
    /** Bytes of a list of values. The server keeps a condition in a buffer of about two thousand. */
    private static final int MAX_LIST_BYTES = 1_000;

    private final CatalogCalls calls;
    private final BulkCalls bulk;

    AvuSearch(CatalogCalls calls, BulkCalls bulk) {
        this.calls = calls;
        this.bulk = bulk;
    }

    Set<StoragePath> find(String attribute) throws StorageException {
        return calls.ask("find", attribute, connection -> {
            Set<StoragePath> found = new HashSet<>();
            QueryRunner.visit(
                    connection,
                    "find",
                    attribute,
                    OBJECT_PATHS.where(Column.META_DATA_ATTR_NAME, attribute),
                    row -> found.add(objectPath(row)));
            QueryRunner.visit(
                    connection,
                    "find",
                    attribute,
                    COLLECTION_PATHS.where(Column.META_COLL_ATTR_NAME, attribute),
                    row -> found.add(new StoragePath(row.get(Column.COLL_NAME))));
            return found;
        });
    }

    Map<String, Set<StoragePath>> find(String attribute, Collection<String> values) throws StorageException {
        Map<String, Set<StoragePath>> found = new ConcurrentHashMap<>();
        List<Query> queries = new ArrayList<>();
        for (Condition values2 : conditions(values)) {
            queries.add(OBJECT_PATHS
                    .and(Column.META_DATA_ATTR_VALUE)
                    .where(Column.META_DATA_ATTR_NAME, attribute)
                    .where(Column.META_DATA_ATTR_VALUE, values2));
            queries.add(COLLECTION_PATHS
                    .and(Column.META_COLL_ATTR_VALUE)
                    .where(Column.META_COLL_ATTR_NAME, attribute)
                    .where(Column.META_COLL_ATTR_VALUE, values2));
        }
        bulk.run("find " + attribute, flights(queries), (connection, flight) -> {
            List<List<Row>> answers = QueryRunner.run(connection, "find", attribute, flight.toArray(Query[]::new));
            for (int i = 0; i < flight.size(); i++) {
                boolean ofObjects = flight.get(i).columns().contains(Column.META_DATA_ATTR_VALUE);
                for (Row row : answers.get(i)) {
                    String value = row.get(ofObjects ? Column.META_DATA_ATTR_VALUE : Column.META_COLL_ATTR_VALUE);
                    StoragePath path = ofObjects ? objectPath(row) : new StoragePath(row.get(Column.COLL_NAME));
                    found.computeIfAbsent(value, v -> ConcurrentHashMap.newKeySet())
                            .add(path);
                }
            }
        });
        return found;
    }

    Map<StoragePath, List<Avu>> listObjects(Collection<StoragePath> objects, String attributePrefix)
            throws StorageException {
        Set<StoragePath> wanted = new HashSet<>(objects);
        Map<StoragePath, List<StoragePath>> byCollection = new TreeMap<>();
        wanted.stream()
                .filter(path -> !path.isRoot())
                .forEach(path -> byCollection
                        .computeIfAbsent(path.parent(), p -> new ArrayList<>())
                        .add(path));
        Query all = OBJECT_AVUS.where(Column.META_DATA_ATTR_NAME, new Condition.BeginsWith(attributePrefix));
        List<Query> queries = new ArrayList<>();
        byCollection.forEach((collection, members) -> {
            Query ofCollection = all.where(Column.COLL_NAME, collection.value());
            if (members.size() >= MANY_OF_A_COLLECTION) {
                queries.add(ofCollection);
            } else {
                members.forEach(member -> queries.add(ofCollection.where(Column.DATA_NAME, member.name())));
            }
        });
        Map<StoragePath, List<Avu>> found = new ConcurrentHashMap<>();
        bulk.run("list AVUs", flights(queries), (connection, flight) -> {
            // A flight is answered as a whole before anything is kept, so that it can be repeated.
            for (List<Row> rows : QueryRunner.run(connection, "list AVUs", "", flight.toArray(Query[]::new))) {
                for (Row row : rows) {
                    StoragePath path = objectPath(row);
                    if (wanted.contains(path)) {
                        found.computeIfAbsent(path, p -> new ArrayList<>()).add(objectAvu(row));
                    }
                }
            }
        });
        return found;
    }

    void scan(StoragePath collection, String attributePrefix, BiConsumer<StoragePath, Avu> visitor)
            throws StorageException {
        Condition attribute = new Condition.BeginsWith(attributePrefix);
        Query objects = OBJECT_AVUS.where(Column.META_DATA_ATTR_NAME, attribute);
        Query collections = COLLECTION_AVUS.where(Column.META_COLL_ATTR_NAME, attribute);
        if (!collection.isRoot()) {
            Condition below = new Condition.BeginsWith(collection.value());
            objects = objects.where(Column.COLL_NAME, below);
            collections = collections.where(Column.COLL_NAME, below);
        }
        Query first = objects;
        Query second = collections;
        AtomicBoolean shown = new AtomicBoolean();
        calls.ask("scan AVUs", collection.value(), connection -> {
            if (shown.get()) {
                throw new StorageException(
                        Reason.UNAVAILABLE, "scan AVUs", collection.value(), "the connection broke on the way");
            }
            PathMemo paths = new PathMemo();
            scan(connection, collection, first, row -> {
                shown.set(true);
                visit(collection, paths.of(row), objectAvu(row), visitor);
            });
            scan(connection, collection, second, row -> {
                shown.set(true);
                visit(collection, new StoragePath(row.get(Column.COLL_NAME)), collectionAvu(row), visitor);
            });
            return collection;
        });
    }

    private static void scan(Connection connection, StoragePath collection, Query query, Consumer<Row> visitor)
            throws ConnectionException, InterruptedException, MalformedMessage, StorageException {
        QueryRunner.visit(connection, "scan AVUs", collection.value(), query, visitor);
    }

    private static void visit(StoragePath top, StoragePath path, Avu avu, BiConsumer<StoragePath, Avu> visitor) {
        if (path.isIn(top)) {
            visitor.accept(path, avu);
        }
    }

    private static List<Condition> conditions(Collection<String> values) {
        List<Condition> conditions = new ArrayList<>();
        List<String> list = new ArrayList<>();
        int bytes = 0;
        for (String value : new HashSet<>(values)) {
            if (!Condition.OneOf.isPlain(value)) {
                conditions.add(new Condition.Equal(value));
                continue;
            }
            if (!list.isEmpty() && bytes + value.length() > MAX_LIST_BYTES) {
                conditions.add(new Condition.OneOf(list));
                list.clear();
                bytes = 0;
            }
            list.add(value);
            bytes += value.length() + 3;
        }
        if (!list.isEmpty()) {
            conditions.add(new Condition.OneOf(list));
        }
        return conditions;
    }

    private static List<List<Query>> flights(List<Query> queries) {
        List<List<Query>> flights = new ArrayList<>();
        for (int i = 0; i < queries.size(); i += FLIGHT) {
            flights.add(queries.subList(i, Math.min(queries.size(), i + FLIGHT)));
        }
        return flights;
    }

    private static StoragePath objectPath(Row row) {
        return new StoragePath(row.get(Column.COLL_NAME)).child(row.get(Column.DATA_NAME));
    }

    /** The triples of an object mostly follow each other: its path is made and checked once. Not thread-safe. */
    private static final class PathMemo {
        private String collection = "";
        private String name = "";
        private StoragePath path = StoragePath.ROOT;

        StoragePath of(Row row) {
            String rowCollection = row.get(Column.COLL_NAME);
            String rowName = row.get(Column.DATA_NAME);
            if (!rowName.equals(name) || !rowCollection.equals(collection)) {
                path = objectPath(row);
                collection = rowCollection;
                name = rowName;
            }
            return path;
        }
    }

    private static Avu collectionAvu(Row row) {
        return new Avu(
                row.get(Column.META_COLL_ATTR_NAME),
                row.get(Column.META_COLL_ATTR_VALUE),
                row.get(Column.META_COLL_ATTR_UNITS));
    }

    private static Avu objectAvu(Row row) {
        return new Avu(
                row.get(Column.META_DATA_ATTR_NAME),
                row.get(Column.META_DATA_ATTR_VALUE),
                row.get(Column.META_DATA_ATTR_UNITS));
    }
}
