package org.omerods.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that the machine really has. A virtual machine may get a page from its host only when it touches it, and give free
 * pages back: the first gigabyte that a page cache takes then costs a second, whoever reads, and figures tell of the host. So
 * free memory is filled with clean pages of a sparse file, which the kernel gives away first and without asking the host. For
 * one thread.
 */
public final class TouchedMemory implements AutoCloseable {
    /** Left free: the kernel wants some for itself, and takes from the clean pages what it needs beyond. */
    private static final long KEPT_FREE_BYTES = 512L << 20;

    /** Far more than any machine has: each filling takes pages that are not there yet. */
    private static final long FILE_BYTES = 8L << 40;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private long position;

    private TouchedMemory(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @param file that is not there yet, on a filesystem with holes and a page cache */
    public static TouchedMemory over(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
        channel.write(ByteBuffer.allocate(1), FILE_BYTES - 1);
        return new TouchedMemory(file, channel);
    }

    /** Fills what is free by now; takes a second for each GiB that the host has to give, and little otherwise. */
    public void fill() throws IOException {
        long left = freeBytes() - KEPT_FREE_BYTES;
        while (left > 0 && position < FILE_BYTES) {
            int count = channel.read(buffer.clear(), position);
            if (count < 0) {
                return;
            }
            position += count;
            left -= count;
        }
    }

    private static long freeBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemFree:")) {
                return Long.parseLong(line.split("\\s+")[1]) * 1024;
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
