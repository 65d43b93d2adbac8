package org.omerods.cli.demo;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.omerods.fs.fuse.FuseDriver;
import org.omerods.fs.fuse.Mount;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.StorageFilesystem;
import org.omerods.storage.decorate.ReadOnlyStorage;
import org.omerods.storage.decorate.RetryPolicy;
import org.omerods.storage.decorate.RetryingStorage;

/** The user's home collection, mounted read-only. */
final class DemoMount implements AutoCloseable {
    private final DemoZone zone;
    private final StorageFilesystem filesystem;
    private final Mount mount;

    private DemoMount(DemoZone zone, StorageFilesystem filesystem, Mount mount) {
        this.zone = zone;
        this.filesystem = filesystem;
        this.mount = mount;
    }

    /** Mounts at {@code scratch/mount}, with block files beside it; neither kernel nor cache know anything of it yet. */
    static DemoMount of(DemoZone zone, Path scratch, FuseDriver driver) throws IOException {
        Path point = Files.createDirectories(scratch.resolve("mount"));
        StorageFilesystem filesystem = StorageFilesystem.create(
                new ReadOnlyStorage(new RetryingStorage(zone.storage(), RetryPolicy.DEFAULT)),
                zone.home(),
                FilesystemConfig.in(Files.createDirectories(scratch.resolve("blocks"))),
                Ticker.systemTicker());
        try {
            String source = "irods://" + zone.address() + "/home/" + DemoZone.USER;
            return new DemoMount(zone, filesystem, driver.mount(filesystem, point, MountOptions.of(source)));
        } catch (IOException | RuntimeException e) {
            filesystem.close();
            throw e;
        }
    }

    void awaitUnmounted() throws InterruptedException {
        mount.awaitUnmounted();
    }

    /** The slide in this mount. */
    Path slide() {
        return mount.mountPoint().resolve(DemoZone.FOLDER).resolve(DemoSlide.NAME);
    }

    /** What a step of the demo does. */
    @FunctionalInterface
    interface Step {
        /** Reads the slide at this path; returns in words what was read. */
        String read(Path slide) throws IOException, InterruptedException;
    }

    /** Does a step twice and tells what it cost: cold when nothing was read through this mount yet. */
    Measurement measure(String name, Step step) throws IOException, InterruptedException {
        long read = filesystem.statistics().bytesAsked();
        long fetched = zone.bytesSent();
        long start = System.nanoTime();
        String words = step.read(slide());
        long middle = System.nanoTime();
        long readCold = filesystem.statistics().bytesAsked() - read;
        long fetchedCold = zone.bytesSent() - fetched;
        var _ = step.read(slide());
        long end = System.nanoTime();
        return new Measurement(
                name,
                words,
                (middle - start) / 1e9,
                (end - middle) / 1e9,
                readCold,
                fetchedCold,
                zone.bytesSent() - fetched - fetchedCold);
    }

    @Override
    public void close() {
        mount.close();
        filesystem.close();
    }

    @Override
    public String toString() {
        return "mount " + mount.mountPoint();
    }
}
