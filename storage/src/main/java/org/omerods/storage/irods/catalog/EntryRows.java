package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Makes entries out of rows. A row that cannot be presented becomes a problem of its own and costs no other. */
final class EntryRows {
    private final StoragePath parent;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<Long, List<Row>> rowsOfObject = new LinkedHashMap<>();
    private final Map<String, String> targetsOfLinks = new HashMap<>();
    private final Map<String, Integer> permissions = new HashMap<>();
    private final Map<String, Integer> permissionsOfCollections = new HashMap<>();
    private final Marks marks;

    EntryRows(StoragePath parent, Marks marks) {
        this.parent = parent;
        this.marks = marks;
    }

    /** Adds the replicas of objects, which need not stand together. */
    void addObjects(List<Row> rows) {
        for (Row row : rows) {
            try {
                rowsOfObject
                        .computeIfAbsent(row.number(Column.DATA_ID), id -> new ArrayList<>(1))
                        .add(row);
            } catch (NumberFormatException e) {
                problems.add("an object in " + parent + " has no number: " + e.getMessage());
            }
        }
    }

    /** Tells which of the objects are symbolic links, where they lead, and which permissions are kept of others. */
    void addMarks(List<Row> rows) {
        for (Row row : rows) {
            String id = row.get(Column.DATA_ID).strip();
            String value = row.get(Column.META_DATA_ATTR_VALUE);
            if (marks.isLink(row)) {
                targetsOfLinks.putIfAbsent(id, value);
            } else {
                add(permissions, id, value);
            }
        }
    }

    /** Tells which permissions are kept of collections that are added after this. */
    void addCollectionMarks(List<Row> rows) {
        rows.forEach(row ->
                add(permissionsOfCollections, row.get(Column.COLL_ID).strip(), row.get(Column.META_COLL_ATTR_VALUE)));
    }

    /** Of several values, which only other programs leave, always the same one counts. */
    private static void add(Map<String, Integer> permissions, String id, String value) {
        Marks.permissions(value).ifPresent(bits -> permissions.merge(id, bits, Math::min));
    }

    private static OptionalInt in(Map<String, Integer> permissions, long id) {
        Integer bits = permissions.get(Long.toString(id));
        return bits == null ? OptionalInt.empty() : OptionalInt.of(bits);
    }

    void addCollections(List<Row> rows) {
        for (Row row : rows) {
            String path = row.get(Column.COLL_NAME);
            try {
                StoragePath child = new StoragePath(path);
                if (!child.isRoot()) { // the root stands in the catalog as a child of itself
                    entries.add(collection(child, row));
                }
            } catch (IllegalArgumentException e) {
                problems.add("collection " + path + " cannot be presented: " + e.getMessage());
            }
        }
    }

    Listing toListing() {
        rowsOfObject.values().forEach(this::addObject);
        return new Listing(entries, problems);
    }

    private void addObject(List<Row> rows) {
        String name = rows.getFirst().get(Column.DATA_NAME);
        try {
            entries.add(objectOrLink(parent.child(name), rows));
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add("object '" + name + "' in " + parent + " cannot be presented: " + e.getMessage());
        }
    }

    private Entry objectOrLink(StoragePath path, List<Row> rows) {
        DataObject object = object(path, rows);
        String target = targetsOfLinks.get(Long.toString(object.id()));
        if (target != null) {
            return new SymbolicLink(object, target);
        }
        return object.with(in(permissions, object.id()));
    }

    /** The one object of all rows that were added. */
    Optional<Entry> single(StoragePath path) {
        return rowsOfObject.values().stream().findFirst().map(rows -> objectOrLink(path, rows));
    }

    static DataObject object(StoragePath path, List<Row> rows) {
        List<Replica> replicas =
                rows.stream().map(Replica::of).sorted(Replica.BEST_FIRST).toList();
        Replica best = replicas.getFirst();
        Row row = rows.getFirst();
        return new DataObject(
                path,
                best.version(),
                best.state(),
                best.resource(),
                replicas.size(),
                row.get(Column.DATA_OWNER_NAME),
                Replica.time(row, Column.DATA_CREATE_TIME));
    }

    Collection collection(StoragePath path, Row row) {
        long id = row.number(Column.COLL_ID);
        return new Collection(
                path,
                id,
                row.get(Column.COLL_OWNER_NAME),
                Replica.time(row, Column.COLL_CREATE_TIME),
                Replica.time(row, Column.COLL_MODIFY_TIME),
                in(permissionsOfCollections, id));
    }
}
