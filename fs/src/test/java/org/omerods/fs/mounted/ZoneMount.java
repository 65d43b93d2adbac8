package org.omerods.fs.mounted;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.fs.fuse.jnr.JnrFuseDriver;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.StorageFilesystem;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.MeasuredStorage;
import org.omerods.storage.decorate.ReadOnlyStorage;
import org.omerods.storage.decorate.RetryPolicy;
import org.omerods.storage.decorate.RetryingStorage;
import org.omerods.storage.decorate.StorageMetrics;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** A zone, a line to it, a client, and a kernel mount of one of its collections. */
final class ZoneMount implements AutoCloseable {
    /** The collection under which a tree is served, and which is mounted. */
    static final String COLLECTION = "/tempZone/home/rods/slides";

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    private final EmbeddedZone zone;
    private final DelayProxy line;
    private final IrodsStorage irods;
    private final StorageMetrics metrics;
    private final StorageFilesystem filesystem;
    private final Mount mount;

    private ZoneMount(
            EmbeddedZone zone,
            DelayProxy line,
            IrodsStorage irods,
            StorageMetrics metrics,
            StorageFilesystem filesystem,
            Mount mount) {
        this.zone = zone;
        this.line = line;
        this.irods = irods;
        this.metrics = metrics;
        this.filesystem = filesystem;
        this.mount = mount;
    }

    /** What lies between the client and the zone. */
    record Line(Duration roundTrip, int cutEvery, long cutAfterBytes) {
        static final Line DIRECT = new Line(Duration.ZERO, 0, 0);
    }

    /** The driver of that name; skips the test where it cannot work. */
    static FuseDriver driver(String name) {
        FuseDriver driver = name.equals("jnr") ? new JnrFuseDriver() : new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        return driver;
    }

    /** Serves {@code tree} in place as {@link #COLLECTION} and mounts {@code collection}. */
    static ZoneMount open(Path scratch, Path tree, String driver, Line line, String collection) throws Exception {
        FuseDriver fuse = driver(driver);
        EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectories(scratch.resolve("zone")))
                .withTree(tree, COLLECTION));
        DelayProxy proxy =
                new DelayProxy(zone.host(), zone.port(), line.roundTrip(), line.cutEvery(), line.cutAfterBytes());
        IrodsStorage irods = connect(zone.host(), proxy.port());
        StorageMetrics metrics = new StorageMetrics();
        Storage storage =
                new ReadOnlyStorage(new RetryingStorage(new MeasuredStorage(irods, metrics), RetryPolicy.DEFAULT));
        FilesystemConfig config = FilesystemConfig.in(scratch.resolve("blocks"));
        StorageFilesystem filesystem =
                StorageFilesystem.create(storage, StoragePath.of(collection), config, Ticker.systemTicker());
        Path point = Files.createDirectories(scratch.resolve("mnt"));
        Mount mount = fuse.mount(filesystem, point, MountOptions.of("irods://test" + collection));
        return new ZoneMount(zone, proxy, irods, metrics, filesystem, mount);
    }

    static ZoneMount open(Path scratch, Path tree, String driver, Line line) throws Exception {
        return open(scratch, tree, driver, line, COLLECTION);
    }

    static IrodsStorage connect(String host, int port) {
        return IrodsStorage.connect(login(host, port).build());
    }

    static IrodsConfig.Builder login(String host, int port) {
        return IrodsConfig.builder()
                .host(host)
                .port(port)
                .zone("tempZone")
                .user("rods")
                .password(Secret.of("rods"))
                .readTimeout(READ_TIMEOUT);
    }

    EmbeddedZone zone() {
        return zone;
    }

    DelayProxy line() {
        return line;
    }

    IrodsStorage irods() {
        return irods;
    }

    StorageMetrics metrics() {
        return metrics;
    }

    StorageFilesystem filesystem() {
        return filesystem;
    }

    Path point() {
        return mount.mountPoint();
    }

    @Override
    public void close() throws IOException {
        mount.close();
        filesystem.close();
        irods.close();
        line.close();
        zone.close();
    }
}
