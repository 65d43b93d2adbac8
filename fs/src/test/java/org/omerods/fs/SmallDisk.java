package org.omerods.fs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real filesystem that is too small: a tmpfs, which only root can make. Skips the test where it cannot be made. */
public final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    public static SmallDisk ofMebibytes(int mebibytes) throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mount(8) of a small tmpfs needs root");
        Path directory = Files.createTempDirectory("omerods-disk");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString()),
                "a tmpfs cannot be mounted here");
        return new SmallDisk(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Runs a program of the machine; false when it failed. */
    public static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", "-l", directory.toString())) {
            throw new IOException(directory + " cannot be unmounted");
        }
        Files.delete(directory);
    }
}
