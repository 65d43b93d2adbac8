package org.omerods.cli.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.cli.daemon.MountRecord;
import org.omerods.cli.daemon.MountRegistry;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.daemon.StatusServer;
import org.omerods.cli.metrics.MetricCatalogue;
import org.omerods.cli.metrics.MonitoringServer;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.FuseDrivers;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mount from login to unmount: everything that is open for it, closed in reverse order. When {@link #open} returns,
 * the login was accepted, the collection is there, and the mount answers.
 */
public final class MountSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MountSession.class);

    private final Source source;
    private final Served served;
    private final Mount mount;
    private final MountRegistry registry;
    private final StatusServer status;
    private final ControlServer control;
    private final Optional<MonitoringServer> monitoring;
    private boolean closed;

    private MountSession(
            Source source,
            Served served,
            Mount mount,
            MountRegistry registry,
            StatusServer status,
            ControlServer control,
            Optional<MonitoringServer> monitoring) {
        this.source = source;
        this.served = served;
        this.mount = mount;
        this.registry = registry;
        this.status = status;
        this.control = control;
        this.monitoring = monitoring;
    }

    /**
     * Logs in, mounts and registers.
     *
     * @param logFile where this process logs, for the register; empty for a terminal
     * @throws StorageException when the login or the collection is refused
     * @throws IOException when it cannot be mounted
     */
    public static MountSession open(Configuration configuration, Source source, Path mountPoint, String logFile)
            throws ConfigurationException, StorageException, IOException {
        StateFolder folder = StateFolder.open(System.getenv());
        MountRegistry registry = new MountRegistry(folder);
        FuseDriver driver = driver(configuration);
        Served served = configuration.isSet(Settings.MOUNT_USERS)
                ? ServedToMany.open(configuration, source, mountPoint)
                : ServedToOne.open(configuration, source, mountPoint);
        Mount mount;
        try {
            MountOptions options = new MountOptions(
                    source.name(),
                    configuration.isOn(Settings.MOUNT_ALLOW_OTHER),
                    source.isReadOnly(),
                    Math.toIntExact(configuration.size(Settings.MOUNT_READ_AHEAD)),
                    configuration.isOn(Settings.MOUNT_PASS_THROUGH));
            mount = driver.mount(served.filesystem(), mountPoint, options);
        } catch (IOException | RuntimeException e) {
            served.close();
            throw e;
        }
        try {
            StatusServer status = StatusServer.start(folder, mountPoint, served::activity);
            ControlServer.Handler cache = served.cache();
            RecoveryOrders recovery = new RecoveryOrders(served::stagings);
            ControlServer control = ControlServer.start(
                    folder,
                    mountPoint,
                    (request, tell) ->
                            recovery.concerns(request) ? recovery.handle(request) : cache.handle(request, tell));
            Optional<MonitoringServer> monitoring = monitoring(configuration, source, mountPoint, served::activity);
            registry.add(new MountRecord(
                    ProcessHandle.current().pid(),
                    mountPoint.toString(),
                    source.name(),
                    mount.driver(),
                    Instant.now().toString(),
                    logFile));
            log.info("{} is mounted on {} (driver {})", source.name(), mountPoint, mount.driver());
            return new MountSession(source, served, mount, registry, status, control, monitoring);
        } catch (IOException | RuntimeException e) {
            mount.close();
            served.close();
            throw e;
        }
    }

    private static FuseDriver driver(Configuration configuration) throws MissingException {
        try {
            return FuseDrivers.choose(configuration.text(Settings.MOUNT_DRIVER));
        } catch (IllegalArgumentException e) {
            throw new MissingException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<MonitoringServer> monitoring(
            Configuration configuration, Source source, Path mountPoint, Supplier<?> activity) throws IOException {
        int port = configuration.number(Settings.METRICS_PORT);
        if (port == 0) {
            return Optional.empty();
        }
        String title = source.name() + " on " + mountPoint;
        Map<String, String> labels = Map.of("mount", mountPoint.toString());
        return Optional.of(MonitoringServer.start(port, title, MetricCatalogue.MOUNT, labels, activity));
    }

    /** Returns when it is unmounted by whomever. */
    public void awaitUnmounted() throws InterruptedException {
        mount.awaitUnmounted();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        mount.close();
        monitoring.ifPresent(MonitoringServer::close);
        control.close();
        status.close();
        registry.remove(mount.mountPoint());
        served.close();
        source.close();
        log.info("{} is unmounted", mount.mountPoint());
    }
}
