package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;

/**
 * The index file of one block file: an {@link IndexHeader}, then four bytes for each block of the object ({@link
 * BlockChecksums}), sparse as the block file is. A slot is written after its block and after the check of the version, and
 * cleared before its block is. Nothing is forced to the disk: what a power cut leaves of blocks and slots is found by their
 * not agreeing. Thread-safe for disjoint blocks.
 */
final class BlockIndex implements AutoCloseable {
    static final String SUFFIX = ".index";

    private static final int SLOT_BYTES = Integer.BYTES;

    private final Path path;
    private final FileChannel channel;
    private volatile IndexHeader header;

    private BlockIndex(Path path, FileChannel channel, IndexHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    static BlockIndex create(Path path, IndexHeader header) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        BlockIndex index = new BlockIndex(path, channel, header);
        try {
            index.writeHeader(header);
            return index;
        } catch (IOException e) {
            index.delete();
            throw e;
        }
    }

    /** What {@link #create} made in this or an earlier process; empty when it cannot be used. */
    static Optional<BlockIndex> open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Optional<IndexHeader> header = Optional.empty();
        try {
            ByteBuffer bytes = ByteBuffer.allocate(IndexHeader.BYTES);
            readAt(channel, bytes, 0);
            header = IndexHeader.decode(bytes.flip());
        } finally {
            if (header.isEmpty()) {
                channel.close();
            }
        }
        return header.map(told -> new BlockIndex(path, channel, told));
    }

    IndexHeader header() {
        return header;
    }

    Path path() {
        return path;
    }

    /** Writes another header; the version it tells must be the same. */
    synchronized void writeHeader(IndexHeader changed) throws IOException {
        ByteBuffer bytes = changed.encode()
                .orElseThrow(() -> new IOException(path + ": the names of " + changed.path() + " are too long"));
        writeAt(bytes, 0);
        header = changed;
    }

    /** The slots of blocks; those beyond the end of the file are empty. */
    int[] read(long firstBlock, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * SLOT_BYTES);
        readAt(channel, bytes, positionOf(firstBlock));
        int[] slots = new int[count];
        bytes.clear().asIntBuffer().get(slots);
        return slots;
    }

    void write(long firstBlock, int[] slots) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(slots.length * SLOT_BYTES);
        bytes.asIntBuffer().put(slots);
        writeAt(bytes, positionOf(firstBlock));
    }

    void clear(long firstBlock, int count) throws IOException {
        if (positionOf(firstBlock) < channel.size()) {
            write(firstBlock, new int[count]);
        }
    }

    /** Which stretch of an object may have blocks here: all others surely have none. In blocks, in order. */
    Iterable<ByteRange> blocksWithSlots() throws IOException {
        long end = channel.size();
        return DataRuns.of(path, IndexHeader.BYTES, end).stream()
                .map(run -> new ByteRange(
                        (run.start() - IndexHeader.BYTES) / SLOT_BYTES,
                        Math.ceilDiv(run.end() - IndexHeader.BYTES, SLOT_BYTES)))
                .toList();
    }

    private static long positionOf(long block) {
        return IndexHeader.BYTES + block * SLOT_BYTES;
    }

    /** Fills as much as there is. */
    private static void readAt(FileChannel channel, ByteBuffer target, long position) throws IOException {
        long from = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, from);
            if (count < 0) {
                return;
            }
            from += count;
        }
    }

    private void writeAt(ByteBuffer source, long position) throws IOException {
        long to = position;
        while (source.hasRemaining()) {
            to += channel.write(source, to);
        }
    }

    /** Removes the file: what it told of is not found again. */
    void delete() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
