package org.omerods.omero.sync;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.omerods.omero.event.Cursor;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/**
 * How far the companions of a server are, kept as triples of a collection: there every companion finds it, and one atomic
 * change moves it. A cursor is written after its changes are: what is cut off in between is done again. One thread.
 */
final class CursorStore {
    private final AvuStore avus;
    private final StoragePath collection;
    private final String prefix;
    private final String databaseUuid;

    CursorStore(AvuStore avus, StoragePath collection, String prefix, String databaseUuid) {
        this.avus = avus;
        this.collection = collection;
        this.prefix = prefix + "sync::";
        this.databaseUuid = databaseUuid;
    }

    /**
     * What is noted.
     *
     * @param cursors of the partitions that have one
     * @param reconciled when everything was compared, by partition
     * @param requested whether somebody asked for a comparison of everything
     */
    record State(Map<Integer, Cursor> cursors, Map<Integer, Instant> reconciled, boolean requested) {}

    State load() throws StorageException {
        Map<Integer, Cursor> cursors = new TreeMap<>();
        Map<Integer, Instant> reconciled = new TreeMap<>();
        boolean requested = false;
        for (Avu avu : own()) {
            if (avu.attribute().equals(prefix + "reconcile")) {
                requested = true;
                continue;
            }
            int partition = partition(avu);
            if (avu.attribute().equals(prefix + "cursor")) {
                // Of several the oldest counts: what comes after it is done again.
                Cursor.parse(avu.value())
                        .ifPresent(cursor ->
                                cursors.merge(partition, cursor, (a, b) -> a.transaction() <= b.transaction() ? a : b));
            } else if (avu.attribute().equals(prefix + "reconciled")) {
                instant(avu.value(), partition, reconciled);
            }
        }
        return new State(cursors, reconciled, requested);
    }

    void saveCursors(Map<Integer, Cursor> cursors) throws StorageException {
        Map<Integer, String> values = new HashMap<>();
        cursors.forEach((partition, cursor) -> values.put(partition, cursor.toText()));
        replace("cursor", values);
    }

    void saveReconciled(Set<Integer> partitions, Instant time) throws StorageException {
        Map<Integer, String> values = new HashMap<>();
        partitions.forEach(partition -> values.put(partition, time.toString()));
        replace("reconciled", values);
    }

    /** Asks whoever runs for a comparison of everything. */
    void request() throws StorageException {
        avus.apply(collection, List.of(new Operation.Add(new Avu(prefix + "reconcile", "requested", databaseUuid))));
    }

    void answerRequest() throws StorageException {
        avus.apply(collection, List.of(new Operation.Remove(new Avu(prefix + "reconcile", "requested", databaseUuid))));
    }

    private void replace(String name, Map<Integer, String> values) throws StorageException {
        List<Operation> operations = new ArrayList<>();
        for (Avu avu : own()) {
            String value = values.get(partition(avu));
            if (avu.attribute().equals(prefix + name) && value != null && !value.equals(avu.value())) {
                operations.add(new Operation.Remove(avu));
            }
        }
        values.forEach((partition, value) ->
                operations.add(new Operation.Add(new Avu(prefix + name, value, databaseUuid + "/" + partition))));
        avus.apply(collection, operations);
    }

    private List<Avu> own() throws StorageException {
        return avus.list(collection).stream()
                .filter(avu -> avu.attribute().startsWith(prefix) && avu.units().startsWith(databaseUuid))
                .toList();
    }

    private static int partition(Avu avu) {
        String number = avu.units().substring(avu.units().lastIndexOf('/') + 1);
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : -1;
    }

    private static void instant(String text, int partition, Map<Integer, Instant> times) {
        try {
            times.merge(partition, Instant.parse(text), (a, b) -> a.isBefore(b) ? a : b);
        } catch (DateTimeParseException e) {
            times.put(partition, Instant.EPOCH);
        }
    }
}
