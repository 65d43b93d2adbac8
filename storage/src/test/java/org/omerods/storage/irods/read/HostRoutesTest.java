package org.omerods.storage.irods.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.Account;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.ConnectionPool;
import org.omerods.storage.irods.session.Counters;
import org.omerods.storage.irods.session.Endpoint;
import org.omerods.storage.irods.session.Lane;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.irods.session.SessionSettings;
import org.omerods.storage.irods.session.TlsSettings;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** Objects are read from the host of their resource, as long as it can be reached. */
class HostRoutesTest {
    private static final String OTHER_HOST = "127.0.0.2";

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger questions = new AtomicInteger();
    private EmbeddedZone catalogServer;
    private EmbeddedZone resourceServer;
    private ConnectionPool main;

    @BeforeEach
    void startBoth() throws Exception {
        catalogServer = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("a")));
        opened.add(catalogServer);
        resourceServer = EmbeddedZone.start(ZoneOptions.inDirectory(directory.resolve("b"))
                .withBindAddress(InetAddress.getByName(OTHER_HOST))
                .withPort(catalogServer.port()));
        opened.add(resourceServer);
        main = pool(new Endpoint(catalogServer.host(), catalogServer.port()));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
    }

    private ConnectionPool pool(Endpoint endpoint) {
        Account account = new Account(
                "rods", "tempZone", "rods", "tempZone", AuthenticationScheme.NATIVE, Secret.of("rods"), Secret.NONE);
        ConnectionPool pool = new ConnectionPool(
                endpoint,
                new SessionSettings(account, TlsSettings.DEFAULT, Duration.ofSeconds(1), Duration.ofSeconds(5), 2),
                new Counters());
        opened.add(pool);
        return pool;
    }

    private HostRoutes routes(HostRoutes.Locator locator) {
        HostRoutes routes = new HostRoutes(
                main,
                resource -> {
                    questions.incrementAndGet();
                    return locator.hostOf(resource);
                },
                this::pool,
                clock::get);
        opened.add(routes);
        return routes;
    }

    private static DataObject object(String resource) {
        return new DataObject(
                StoragePath.of("/tempZone/home/rods/x"),
                new ObjectVersion(1, 0, 10, Instant.EPOCH, ""),
                ReplicaState.GOOD,
                resource,
                1,
                "rods",
                Instant.EPOCH);
    }

    private static void read(HostRoutes routes, String resource) throws Exception {
        routes.connection(object(resource), Lane.DEMAND);
    }

    @Test
    void anObjectOnAnotherHostIsReadFromThere() throws Exception {
        HostRoutes routes = routes(resource -> resource.equals("leaf") ? Optional.of(OTHER_HOST) : Optional.empty());
        read(routes, "root;middle;leaf");
        assertThat(resourceServer.statistics().connectionsAccepted()).isEqualTo(1);
        assertThat(catalogServer.statistics().connectionsAccepted()).isZero();
    }

    @Test
    void aResourceIsAskedForOncePerTime() throws Exception {
        HostRoutes routes = routes(resource -> Optional.of(OTHER_HOST));
        for (int i = 0; i < 10; i++) {
            read(routes, "leaf");
        }
        assertThat(questions).hasValue(1);
        clock.addAndGet(Duration.ofMinutes(6).toNanos());
        read(routes, "leaf");
        assertThat(questions).hasValue(2);
        assertThat(resourceServer.statistics().connectionsAccepted()).isEqualTo(1);
    }

    @Test
    void aHostThatIsDownIsLeftAloneForAWhile() throws Exception {
        HostRoutes routes = routes(resource -> Optional.of(OTHER_HOST));
        resourceServer.faults().refuseConnections(true);
        read(routes, "leaf");
        read(routes, "leaf");
        assertThat(catalogServer.statistics().connectionsAccepted()).isEqualTo(1);
        assertThat(resourceServer.statistics().connectionsAccepted()).isLessThanOrEqualTo(1);
        resourceServer.faults().clear();
        clock.addAndGet(Duration.ofMinutes(6).toNanos());
        long before = resourceServer.statistics().connectionsAccepted();
        read(routes, "leaf");
        assertThat(resourceServer.statistics().connectionsAccepted()).isEqualTo(before + 1);
    }

    @Test
    void namesOfTheServerItselfAndUnknownOnesStayWithIt() throws Exception {
        for (String host : List.of("localhost", "127.0.0.1", "", "EMPTY_RESC_HOST", "no-such-host.invalid")) {
            read(routes(resource -> Optional.of(host)), "leaf");
        }
        read(routes(resource -> Optional.empty()), "leaf");
        read(
                routes(resource -> {
                    throw new StorageException(Reason.UNAVAILABLE, "locate", resource, "no");
                }),
                "leaf");
        read(routes(resource -> Optional.of(OTHER_HOST)), "");
        assertThat(catalogServer.statistics().connectionsAccepted()).isEqualTo(1);
        assertThat(resourceServer.statistics().connectionsAccepted()).isZero();
    }
}
