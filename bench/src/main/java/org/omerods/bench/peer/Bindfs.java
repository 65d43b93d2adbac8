package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.omerods.bench.machine.Shell;

/** A FUSE filesystem in C over a local directory: what FUSE costs where no network is. */
public final class Bindfs implements AutoCloseable {
    private final Path mountPoint;

    private Bindfs(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    public static boolean isInstalled() {
        return Shell.has("bindfs");
    }

    public static Bindfs mount(Path directory, Path mountPoint) throws IOException, InterruptedException {
        Files.createDirectories(mountPoint);
        String output = Shell.run(List.of("bindfs", directory.toString(), mountPoint.toString()));
        if (!output.isBlank()) {
            throw new IOException("bindfs: " + output);
        }
        return new Bindfs(mountPoint);
    }

    public Path root() {
        return mountPoint;
    }

    @Override
    public void close() throws IOException {
        try {
            Shell.run(List.of("umount", "-l", mountPoint.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
