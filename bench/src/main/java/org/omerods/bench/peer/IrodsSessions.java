package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.omerods.bench.stage.Zone;
import org.omerods.storage.irods.session.Account;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Counters;
import org.omerods.storage.irods.session.Endpoint;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.session.SessionSettings;
import org.omerods.storage.irods.session.TlsSettings;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ObjectMessages;

/**
 * Connections to a zone with one object open on each: no filesystem, no cache, no catalog. What is built on it is what a
 * client can reach at most, or what a simple one reaches.
 */
final class IrodsSessions implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final List<ConnectionPool> pools = new ArrayList<>();
    private final List<OpenObject> objects = new ArrayList<>();

    /** An object and the connection that it is open on. */
    record OpenObject(Connection connection, int descriptor) {}

    /** Logs in so many times and opens the object each time. */
    static IrodsSessions open(Zone zone, String name, int connections) throws IOException, InterruptedException {
        IrodsSessions sessions = new IrodsSessions();
        boolean opened = false;
        try {
            for (int i = 0; i < connections; i++) {
                sessions.add(zone, Zone.home() + "/" + name);
            }
            opened = true;
            return sessions;
        } catch (ConnectionException e) {
            throw new IOException("the raw client cannot reach the zone: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                sessions.close();
            }
        }
    }

    private void add(Zone zone, String path) throws IOException, ConnectionException, InterruptedException {
        ConnectionPool pool =
                new ConnectionPool(new Endpoint(zone.host(), zone.port()), settings(zone), new Counters());
        pools.add(pool);
        Connection connection = pool.connection(Lane.DEMAND);
        int descriptor = connection
                .submit(Request.of(Api.REPLICA_OPEN, ObjectMessages.open(path, ObjectMessages.READ_ONLY, Map.of())))
                .await()
                .status();
        if (descriptor < 0) {
            throw new IOException("the raw client cannot open " + path + ": status " + descriptor);
        }
        objects.add(new OpenObject(connection, descriptor));
    }

    private static SessionSettings settings(Zone zone) throws IOException {
        Secret password = Secret.of(Files.readString(zone.passwordFile()).strip());
        Account account = new Account(
                zone.user(),
                zone.zoneName(),
                zone.user(),
                zone.zoneName(),
                AuthenticationScheme.NATIVE,
                password,
                Secret.NONE);
        return new SessionSettings(account, TlsSettings.DEFAULT, TIMEOUT, TIMEOUT, 1);
    }

    List<OpenObject> objects() {
        return objects;
    }

    @Override
    public void close() {
        pools.forEach(ConnectionPool::close);
    }
}
