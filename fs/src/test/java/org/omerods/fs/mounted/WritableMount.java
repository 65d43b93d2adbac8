package org.omerods.fs.mounted;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.PresentationConfig;
import org.omerods.fs.vfs.StorageFilesystem;
import org.omerods.fs.vfs.WritingConfig;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.RetryPolicy;
import org.omerods.storage.decorate.RetryingStorage;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** A zone, a client over TCP, and a kernel mount of a home collection that programs can write to. */
final class WritableMount implements AutoCloseable {
    static final String HOME = "/tempZone/home/rods";

    private final EmbeddedZone zone;
    private final IrodsStorage irods;
    private final StorageFilesystem filesystem;
    private final Mount mount;

    private WritableMount(EmbeddedZone zone, IrodsStorage irods, StorageFilesystem filesystem, Mount mount) {
        this.zone = zone;
        this.irods = irods;
        this.filesystem = filesystem;
        this.mount = mount;
    }

    /** Mounted by the driver of that name; skips the test where it cannot work. */
    static WritableMount open(Path scratch, String driver) throws Exception {
        return open(scratch, driver, scratch);
    }

    /** The same with block files and staged files in another directory, which may be a small disk. */
    static WritableMount open(Path scratch, String driver, Path local) throws Exception {
        return open(scratch, driver, local, OwnershipChanges.ACCEPT);
    }

    /** One that keeps the modes of files. */
    static WritableMount openKeepingModes(Path scratch, String driver) throws Exception {
        return open(scratch, driver, scratch, OwnershipChanges.KEEP);
    }

    private static WritableMount open(Path scratch, String driver, Path local, OwnershipChanges ownership)
            throws Exception {
        FuseDriver fuse = ZoneMount.driver(driver);
        EmbeddedZone zone =
                EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectories(scratch.resolve("zone"))));
        IrodsConfig.Builder login = ZoneMount.login(zone.host(), zone.port());
        if (ownership == OwnershipChanges.KEEP) {
            login.modeAttribute(IrodsConfig.DEFAULT_MODE_ATTRIBUTE);
        }
        IrodsStorage irods = IrodsStorage.connect(login.build());
        Storage storage = new RetryingStorage(irods, RetryPolicy.DEFAULT);
        PresentationConfig own = PresentationConfig.ofThisProcess();
        FilesystemConfig reading = FilesystemConfig.in(local.resolve("blocks"));
        FilesystemConfig config = new FilesystemConfig(
                        reading.metadata(),
                        reading.blocks(),
                        reading.prefetch(),
                        new PresentationConfig(own.uid(), own.gid(), 0644, 0755))
                .withWriting(new WritingConfig(StagingConfig.in(local.resolve("staging"), HOME), ownership));
        StorageFilesystem filesystem =
                StorageFilesystem.create(storage, StoragePath.of(HOME), config, Ticker.systemTicker());
        Path point = Files.createDirectories(scratch.resolve("mnt"));
        Mount mount = fuse.mount(
                filesystem, point, MountOptions.of("irods://test" + HOME).writable());
        return new WritableMount(zone, irods, filesystem, mount);
    }

    Path point() {
        return mount.mountPoint();
    }

    EmbeddedZone zone() {
        return zone;
    }

    IrodsStorage irods() {
        return irods;
    }

    StorageFilesystem filesystem() {
        return filesystem;
    }

    @Override
    public void close() throws IOException {
        mount.close();
        filesystem.close();
        irods.close();
        zone.close();
    }
}
