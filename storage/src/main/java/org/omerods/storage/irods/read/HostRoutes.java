package org.omerods.storage.irods.read;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Endpoint;
import org.omerods.storage.irods.session.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads objects from the server that holds them: asked elsewhere, each byte travels twice. Where the holder is asked once
 * per resource and time, not per object. A host that cannot be reached is left alone for a while, and the catalog's
 * server, which fetches the bytes itself, serves instead. Thread-safe.
 */
final class HostRoutes implements ReadRoutes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HostRoutes.class);

    /** Resources move rarely; a host that comes back is noticed after this. */
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    /** Each is a pool of its own; objects on further hosts are read through the catalog's server. */
    private static final int MAX_HOSTS = 16;

    /** What zones write for "this server". */
    private static final Set<String> MEANS_THE_SERVER = Set.of("", "localhost", "127.0.0.1", "::1", "empty_resc_host");

    private final ConnectionPool main;
    private final Locator locator;
    private final Function<Endpoint, ConnectionPool> pools;
    private final LongSupplier nanoTime;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<Endpoint, ConnectionPool> others = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Tells on which host a resource has its files. */
    interface Locator {
        Optional<String> hostOf(String resource) throws StorageException;
    }

    private record Route(ConnectionPool pool, long since) {}

    HostRoutes(ConnectionPool main, Locator locator, Function<Endpoint, ConnectionPool> pools, LongSupplier nanoTime) {
        this.main = main;
        this.locator = locator;
        this.pools = pools;
        this.nanoTime = nanoTime;
    }

    @Override
    public Connection connection(DataObject object, Lane lane) throws ConnectionException, InterruptedException {
        String resource = object.resource().substring(object.resource().lastIndexOf(';') + 1);
        ConnectionPool pool = resource.isEmpty() ? main : route(resource);
        if (pool != main) {
            try {
                return pool.connection(lane);
            } catch (ConnectionException e) {
                log.info("resource {} is read through {} for now: {}", resource, main.endpoint(), e.getMessage());
                routes.put(resource, new Route(main, nanoTime.getAsLong()));
            }
        }
        return main.connection(lane);
    }

    private ConnectionPool route(String resource) {
        Route known = routes.get(resource);
        if (known != null && nanoTime.getAsLong() - known.since() < BELIEVED.toNanos()) {
            return known.pool();
        }
        ConnectionPool pool = find(resource);
        routes.put(resource, new Route(pool, nanoTime.getAsLong()));
        return pool;
    }

    private ConnectionPool find(String resource) {
        try {
            Optional<String> host = locator.hostOf(resource).filter(this::isElsewhere);
            if (host.isEmpty() || closed) {
                return main;
            }
            Endpoint endpoint = new Endpoint(host.get(), main.endpoint().port());
            if (others.size() >= MAX_HOSTS && !others.containsKey(endpoint)) {
                return main;
            }
            log.debug("resource {} is on {}", resource, endpoint);
            return others.computeIfAbsent(endpoint, pools);
        } catch (StorageException e) {
            log.debug("where resource {} is cannot be told: {}", resource, e.getMessage());
            return main;
        }
    }

    private boolean isElsewhere(String host) {
        String server = main.endpoint().host();
        if (MEANS_THE_SERVER.contains(host.toLowerCase(Locale.ROOT)) || host.equalsIgnoreCase(server)) {
            return false;
        }
        try {
            Set<InetAddress> ours = Set.copyOf(Arrays.asList(InetAddress.getAllByName(server)));
            return Arrays.stream(InetAddress.getAllByName(host)).noneMatch(ours::contains);
        } catch (UnknownHostException e) {
            log.info("the host {} of a resource cannot be found: its objects are read through {}", host, server);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        others.values().forEach(ConnectionPool::close);
    }
}
