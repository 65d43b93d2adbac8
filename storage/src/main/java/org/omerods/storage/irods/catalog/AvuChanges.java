package org.omerods.storage.irods.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Reply;
import org.omerods.storage.irods.session.Request;

/**
 * Changes the triples of many objects: one atomic call for each, a few under way on each of several connections. A change
 * whose answer was lost is made again, since adding what is there and removing what is not are no errors. Thread-safe.
 */
final class AvuChanges {
    /**
     * Calls under way per connection. The catalog needs about 15 ms for one, so four hide a round trip of 45 ms; with more,
     * one broken connection only has more to repeat.
     */
    private static final int DEPTH = 4;

    private final BulkCalls bulk;
    private final Single single;

    /** Changes one path that may also name a collection. */
    @FunctionalInterface
    interface Single {
        void apply(StoragePath path, List<Operation> operations) throws StorageException;
    }

    AvuChanges(BulkCalls bulk, Single single) {
        this.bulk = bulk;
        this.single = single;
    }

    private record Change(StoragePath path, List<Operation> operations) {}

    Map<StoragePath, StorageException> applyAll(Map<StoragePath, List<Operation>> wanted) throws StorageException {
        List<List<Change>> flights = new ArrayList<>();
        wanted.forEach((path, operations) -> {
            if (flights.isEmpty() || flights.getLast().size() == DEPTH) {
                flights.add(new ArrayList<>(DEPTH));
            }
            flights.getLast().add(new Change(path, operations));
        });
        Map<StoragePath, StorageException> failures = new ConcurrentHashMap<>();
        bulk.run("change AVUs", flights, (connection, flight) -> fly(connection, flight, failures));
        return Map.copyOf(failures);
    }

    private void fly(Connection connection, List<Change> flight, Map<StoragePath, StorageException> failures)
            throws ConnectionException, InterruptedException, StorageException {
        List<Request> requests = flight.stream()
                .map(change -> AvuMessages.changeOfObject(change.path(), change.operations()))
                .toList();
        var exchanges = connection.submitAll(requests);
        List<Change> others = new ArrayList<>();
        for (int i = 0; i < exchanges.size(); i++) {
            Reply reply = exchanges.get(i).await();
            if (reply.status() < 0) {
                StorageException failure = AvuMessages.failure(flight.get(i).path(), reply);
                if (failure.reason() == Reason.ACCESS_DENIED) {
                    failures.put(flight.get(i).path(), failure);
                } else {
                    others.add(flight.get(i));
                }
            }
        }
        for (Change change : others) {
            applyAlone(change, failures);
        }
    }

    /** A missing object and a collection are one answer to the server; the call for one path tells them apart. */
    private void applyAlone(Change change, Map<StoragePath, StorageException> failures) throws StorageException {
        try {
            single.apply(change.path(), change.operations());
        } catch (StorageException e) {
            if (e.reason().endsBulk()) {
                throw e;
            }
            failures.put(change.path(), e);
        }
    }
}
