package org.omerods.fs.fuse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.vfs.Filesystem;

/** A test on a real kernel mount of a {@link FakeFilesystem}: mounted on first use, unmounted at the end. */
abstract class MountedTest {
    static final long SEED = 20_261_120;

    @TempDir
    Path directory = Path.of("/nowhere");

    final FakeFilesystem filesystem = new FakeFilesystem();
    Path mountPoint = Path.of("/nowhere");

    @Nullable
    Mount mounted;

    abstract FuseDriver driver();

    @BeforeEach
    void checkDriver() throws IOException {
        String unavailable = driver().unavailableBecause();
        assumeTrue(unavailable.isEmpty(), () -> "needs the driver " + driver().name() + ": " + unavailable);
        assumeTrue(Libc.effectiveUser() == 0, "needs root: it mounts, and drops the kernel's caches");
        mountPoint = Files.createDirectory(directory.resolve("mount point"));
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    final Mount mount() throws IOException {
        return mount(filesystem, MountOptions.of("fake,with\\odd source"));
    }

    final Mount mount(Filesystem served, MountOptions options) throws IOException {
        Mount mount = driver().mount(served, mountPoint, options);
        mounted = mount;
        return mount;
    }

    /** Random bytes, the same in each run. */
    static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(SEED + size).nextBytes(bytes);
        return bytes;
    }

    static void dropKernelCaches() throws IOException {
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
    }
}
