package org.omerods.zone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.omerods.zone.agent.AgentServer;
import org.omerods.zone.agent.WriteLocks;
import org.omerods.zone.agent.ZoneServices;
import org.omerods.zone.catalog.Bootstrap;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.catalog.Objects;
import org.omerods.zone.catalog.ReplicaRow;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.vault.Vault;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small iRODS server in this JVM: one zone, one resource, its catalog in a SQLite file and its bytes in a directory.
 *
 * <p>It is made for trying and testing. Thread safe; {@link #close} drops all connections and may be called again.
 */
public final class EmbeddedZone implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedZone.class);

    private final ZoneOptions options;
    private final ZoneServices services;
    private final ZoneFaults faults;
    private final AgentServer server;
    private final InetSocketAddress address;

    private EmbeddedZone(ZoneOptions options, ZoneServices services, ZoneFaults faults, AgentServer server)
            throws IOException {
        this.options = options;
        this.services = services;
        this.faults = faults;
        this.server = server;
        this.address = server.address();
    }

    /** Opens the catalog and the vault, making what is missing, and listens. */
    public static EmbeddedZone start(ZoneOptions options) throws IOException {
        CatalogStore catalog = CatalogStore.open(options.catalog());
        boolean started = false;
        try {
            Vault vault = new Vault(options.vault());
            Clock clock = Clock.systemUTC();
            long resource = prepare(options, catalog, vault, clock);
            DropSwitch drop = new DropSwitch();
            ZoneFaults faults = new ZoneFaults(drop);
            ZoneServices services = new ZoneServices(
                    options.zoneName(),
                    options.bindAddress().getHostAddress(),
                    options.resourceName(),
                    resource,
                    catalog,
                    vault,
                    new WriteLocks(),
                    clock,
                    faults.asFaults(),
                    new Traffic(),
                    options.progressMessages());
            AgentServer server =
                    AgentServer.listen(services, new InetSocketAddress(options.bindAddress(), options.port()));
            drop.server = server;
            EmbeddedZone zone = new EmbeddedZone(options, services, faults, server);
            started = true;
            log.info("zone {} listens on {}:{}", zone.zoneName(), zone.host(), zone.port());
            return zone;
        } catch (SQLException | ApiException e) {
            throw new IOException("cannot prepare the catalog " + options.catalog() + ": " + e.getMessage(), e);
        } finally {
            if (!started) {
                catalog.close();
            }
        }
    }

    /** The address that clients connect to. */
    public String host() {
        return address.getAddress().getHostAddress();
    }

    /** The port that clients connect to. */
    public int port() {
        return address.getPort();
    }

    public String zoneName() {
        return options.zoneName();
    }

    /** What goes wrong on purpose. */
    public ZoneFaults faults() {
        return faults;
    }

    /** Fills and changes the zone without a network. */
    public ZoneAdmin admin() {
        return new ZoneAdmin(services, options.administrator().name());
    }

    /** A snapshot of the counters. */
    public ZoneStatistics statistics() {
        Traffic traffic = services.traffic();
        return new ZoneStatistics(
                traffic.accepted(), traffic.open(), traffic.requests(), traffic.bytesReceived(), traffic.bytesSent());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.warn("zone {} did not stop listening: {}", zoneName(), e.getMessage());
        }
        services.catalog().close();
    }

    private static long prepare(ZoneOptions options, CatalogStore catalog, Vault vault, Clock clock)
            throws SQLException, ApiException {
        return catalog.write(connection -> {
            Bootstrap bootstrap = new Bootstrap(connection, options.zoneName(), Times.now(clock));
            String owner = options.administrator().name();
            long resource = bootstrap.zone(
                    owner, options.resourceName(), vault.directory().toString());
            for (ZoneUser wanted : options.users()) {
                User user = bootstrap.user(wanted.name(), wanted.administrator());
                Users.setPassword(connection, user.id(), wanted.password());
                bootstrap.homes(user);
            }
            settleUnfinished(connection, Times.now(clock));
            return resource;
        });
    }

    /** Marks as stale what was open for writing when the last server of this catalog ended. */
    private static void settleUnfinished(CatalogConnection connection, String now) throws SQLException {
        for (long id : connection.list(
                "select data_id from R_DATA_MAIN where data_is_dirty = ?",
                row -> row.getLong(1),
                ReplicaRow.INTERMEDIATE)) {
            ReplicaRow row = Objects.byId(connection, id).orElseThrow();
            long size;
            try {
                size = Files.size(Path.of(row.physicalPath()));
            } catch (IOException e) {
                size = 0;
            }
            Objects.setContent(connection, id, size, ReplicaRow.STALE, "", now);
            log.warn("object {} was open for writing when the zone ended; it is stale now", id);
        }
    }

    /** Lets the faults drop connections of a server that is made after them. */
    private static final class DropSwitch implements Runnable {
        private volatile @Nullable AgentServer server;

        @Override
        public void run() {
            AgentServer present = server;
            if (present != null) {
                present.dropConnections();
            }
        }
    }
}
