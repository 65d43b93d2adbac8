package org.omerods.zone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.omerods.zone.tls.SelfSigned;
import org.omerods.zone.tls.TlsServer;
import org.omerods.zone.tree.DirectorySync;
import org.omerods.zone.tree.TreeMirror;
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
            TreeMirror trees = trees(options, catalog, resource, clock);
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
                    options.progressMessages(),
                    options.tls().map(ZoneTls::policy).orElse(TlsPolicy.REFUSE).word(),
                    tls(options),
                    trees);
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

    /** The certificate that the zone made for itself, as PEM, for clients to trust. Absent where none was made. */
    public Optional<Path> certificate() {
        boolean made = services.tls().isPresent()
                && options.tls().flatMap(ZoneTls::keystore).isEmpty();
        return made ? Optional.of(certificateBeside(options)) : Optional.empty();
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

    private static TreeMirror trees(ZoneOptions options, CatalogStore catalog, long resource, Clock clock)
            throws IOException, SQLException, ApiException {
        User owner = catalog.read(connection ->
                        Users.find(connection, options.administrator().name(), options.zoneName()))
                .orElseThrow();
        List<TreeMirror.Mapping> mappings = new ArrayList<>();
        for (ServedTree tree : options.trees()) {
            mappings.add(new TreeMirror.Mapping(tree.directory().toRealPath(), tree.collection()));
        }
        TreeMirror trees = new TreeMirror(mappings, catalog, new DirectorySync(catalog, owner, resource, clock));
        trees.start();
        return trees;
    }

    private static Optional<TlsServer> tls(ZoneOptions options) throws IOException {
        if (options.tls().isEmpty() || options.tls().get().policy() == TlsPolicy.REFUSE) {
            return Optional.empty();
        }
        Optional<Path> given = options.tls().get().keystore();
        if (given.isPresent()) {
            return Optional.of(TlsServer.of(given.get(), options.tls().get().password()));
        }
        Path keystore = options.catalog().resolveSibling("tls.p12");
        SelfSigned.ensure(
                keystore, certificateBeside(options), options.bindAddress().getHostAddress());
        return Optional.of(TlsServer.of(keystore, SelfSigned.PASSWORD));
    }

    private static Path certificateBeside(ZoneOptions options) {
        return options.catalog().resolveSibling("tls.pem");
    }

    private static long prepare(ZoneOptions options, CatalogStore catalog, Vault vault, Clock clock)
            throws SQLException, ApiException {
        return catalog.write(connection -> {
            Bootstrap bootstrap = new Bootstrap(connection, options.zoneName(), Times.now(clock));
            String owner = options.administrator().name();
            long resource = bootstrap.zone(
                    owner, options.resourceName(), vault.directory().toString());
            // Who is not among the users any more keeps his objects, and cannot log in.
            Users.dropPasswords(connection);
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
