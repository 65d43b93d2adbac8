package org.omerods.fs.block;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.omerods.fs.plan.ByteRange;

/**
 * A sparse file as long as its object, mapped as a whole. It is written through its descriptor, never through the mapping:
 * a full disk then is an exception and not a SIGBUS. It never shrinks, so that the mapping stays good until {@link #close},
 * which the owner calls when nobody holds a slice any more. Thread-safe for disjoint ranges.
 */
final class BlockFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Arena arena;
    private final MemorySegment mapping;

    private BlockFile(Path path, FileChannel channel, Arena arena, MemorySegment mapping) {
        this.path = path;
        this.channel = channel;
        this.arena = arena;
        this.mapping = mapping;
    }

    /** Makes the file; {@code size} must be more than 0. */
    static BlockFile create(Path path, long size) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
        Arena arena = Arena.ofShared();
        try {
            channel.write(ByteBuffer.allocate(1), size - 1);
            MemorySegment mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            return new BlockFile(path, channel, arena, mapping);
        } catch (IOException | RuntimeException e) {
            arena.close();
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    void write(long offset, ByteBuffer source) throws IOException {
        long position = offset;
        while (source.hasRemaining()) {
            position += channel.write(source, position);
        }
    }

    MemorySegment slice(ByteRange range) {
        return mapping.asSlice(range.start(), range.length()).asReadOnly();
    }

    /**
     * Gives the disk space of a range back. Nobody may read it any more.
     *
     * @return false where the filesystem below cannot do that
     */
    boolean discard(ByteRange range) {
        return HolePuncher.punch(mapping.asSlice(range.start(), range.length()));
    }

    /** Removes the file and its mapping. To be called once, when no slice is in use. */
    @Override
    public void close() throws IOException {
        arena.close();
        try (channel) {
            Files.deleteIfExists(path);
        }
    }
}
