package org.omerods.fs.block;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.omerods.fs.plan.ByteRange;

/**
 * A sparse file as long as its object, mapped as a whole, and its index. It is written through its descriptor, never through
 * the mapping: a full disk then is an exception and not a SIGBUS. It never shrinks, so that the mapping stays good until
 * {@link #close} or {@link #delete}, which the owner calls when nobody holds a slice any more. Thread-safe for disjoint
 * ranges.
 */
final class BlockFile implements AutoCloseable {
    static final String SUFFIX = ".blocks";

    private final Path path;
    private final FileChannel channel;
    private final BlockIndex index;
    private final Arena arena;
    private final MemorySegment mapping;

    /**
     * Held while bytes are written. The kernel takes one writer of a file at a time, and lets others burn a core while they
     * wait (measured: up to 11 % of all time); threads that wait here leave it to others.
     */
    private final ReentrantLock writing = new ReentrantLock();

    private BlockFile(Path path, FileChannel channel, BlockIndex index, Arena arena, MemorySegment mapping) {
        this.path = path;
        this.channel = channel;
        this.index = index;
        this.arena = arena;
        this.mapping = mapping;
    }

    /** Makes the two files; the size must be more than 0. */
    static BlockFile create(Path path, IndexHeader header) throws IOException {
        FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
        try {
            return mapped(path, channel, BlockIndex.create(indexOf(path), header));
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** What {@link #create} made, with the index that was found beside it, which the file closes from now on. */
    static BlockFile open(Path path, BlockIndex index) throws IOException {
        OpenOption[] options = {StandardOpenOption.READ, StandardOpenOption.WRITE};
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options);
        } catch (IOException e) {
            index.close();
            throw e;
        }
        return mapped(path, channel, index);
    }

    /** A file that was cut becomes as long as the object again: a read behind its end would be a SIGBUS. */
    private static BlockFile mapped(Path path, FileChannel channel, BlockIndex index) throws IOException {
        long size = index.header().key().version().size();
        Arena arena = Arena.ofShared();
        try {
            if (channel.size() < size) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
            MemorySegment mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            return new BlockFile(path, channel, index, arena, mapping);
        } catch (IOException | RuntimeException e) {
            arena.close();
            channel.close();
            index.close();
            throw e;
        }
    }

    static Path indexOf(Path blocks) {
        String name = blocks.getFileName().toString();
        return blocks.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + BlockIndex.SUFFIX);
    }

    Path path() {
        return path;
    }

    BlockIndex index() {
        return index;
    }

    void write(long offset, ByteBuffer source) throws IOException {
        long position = offset;
        writing.lock();
        try {
            while (source.hasRemaining()) {
                position += channel.write(source, position);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Reads through the descriptor: a bad sector then is an exception and not a SIGBUS. */
    void read(long offset, ByteBuffer target) throws IOException {
        long position = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, position);
            if (count < 0) {
                throw new IOException(path + " was cut at " + position);
            }
            position += count;
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

    /** From now on no later process finds it, whoever still reads. */
    void forget() throws IOException {
        Files.deleteIfExists(index.path());
    }

    /** Removes files and mapping. To be called once, when no slice is in use. */
    void delete() throws IOException {
        arena.close();
        try (channel) {
            index.delete();
            Files.deleteIfExists(path);
        }
    }

    /** Removes index and mapping, and leaves the bytes. To be called once, when no slice is in use. */
    Path detach() throws IOException {
        arena.close();
        try (channel) {
            index.delete();
        }
        return path;
    }

    /** Leaves the files for a later process. To be called once, when no slice is in use. */
    @Override
    public void close() throws IOException {
        arena.close();
        try (channel) {
            index.close();
        }
    }
}
