package org.omerods.storage.irods.read;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.catalog.Catalog;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Counters;
import org.omerods.storage.irods.session.Endpoint;

/** Makes readers. Thread-safe. */
public final class ObjectReads implements AutoCloseable {
    private final Optional<HostRoutes> hosts;
    private final ReadRoutes routes;
    private final Catalog catalog;
    private final Counters counters;
    private final Duration deadline;
    private final boolean readStaleReplicas;
    private final Descriptors descriptors = new Descriptors();

    /**
     * @param otherHosts makes pools for the hosts of resources; without it everything is read through {@code pool}
     * @param deadline after this long a read is not tried again
     * @param readStaleReplicas whether objects without a good replica may be read
     */
    public ObjectReads(
            ConnectionPool pool,
            Optional<Function<Endpoint, ConnectionPool>> otherHosts,
            Catalog catalog,
            Counters counters,
            Duration deadline,
            boolean readStaleReplicas) {
        this.hosts = otherHosts.map(pools -> new HostRoutes(pool, catalog::locationOf, pools, System::nanoTime));
        this.routes = hosts.isPresent() ? hosts.get() : (object, lane) -> pool.connection(lane);
        this.catalog = catalog;
        this.counters = counters;
        this.deadline = deadline;
        this.readStaleReplicas = readStaleReplicas;
    }

    /** A reader of exactly this version; nothing is asked of the server. @throws StorageException NO_GOOD_REPLICA */
    public ObjectReader open(DataObject object) throws StorageException {
        if (object.state() != ReplicaState.GOOD && !(readStaleReplicas && object.state() == ReplicaState.STALE)) {
            throw new StorageException(
                    Reason.NO_GOOD_REPLICA,
                    "open",
                    object.path().value(),
                    "its best replica is " + object.state() + " (" + object.resource() + ")");
        }
        return new IrodsReader(object, routes, descriptors, catalog, counters, deadline);
    }

    /** Ends the connections to other hosts; the pool it was given stays. */
    @Override
    public void close() {
        hosts.ifPresent(HostRoutes::close);
    }
}
