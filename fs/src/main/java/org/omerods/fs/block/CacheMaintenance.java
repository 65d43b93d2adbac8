package org.omerods.fs.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;

/** What a person asks of the cache of a running mount. Thread-safe. */
public final class CacheMaintenance {
    /**
     * What {@link #verify} found.
     *
     * @param bytes compared
     * @param damagedBytes dropped, to be fetched again when they are needed
     */
    public record Verified(long bytes, long damagedBytes) {}

    /** A MiB of slots, which tell of a GiB. */
    private static final int SLOTS_READ_AT_ONCE = 256 << 10;

    /** What {@link #compare} found. */
    public enum Compared {
        RIGHT,
        WRONG,
        /** There is no checksum, or not all of it is here. */
        NOT_COMPARED
    }

    private final BlockCache cache;
    private final CacheParts parts;

    CacheMaintenance(BlockCache cache, CacheParts parts) {
        this.cache = cache;
        this.parts = parts;
    }

    /** What is kept, in no order. */
    public List<CachedContent> contents() {
        return cache.files().stream().map(CachedFile::content).toList();
    }

    /** Pieces in which an object is to be warmed, in order. */
    public List<ByteRange> pieces(DataObject object) {
        return new ByteRange(0, object.size()).cutAt(parts.config().extentBytes());
    }

    /**
     * Fetches what is missing of a piece, behind everything that programs wait for.
     *
     * @return false when there is no room for it
     * @throws StorageException when the storage failed, or the version is gone
     */
    public boolean warm(DataObject object, ByteRange piece) throws StorageException {
        try (CachedObject opened = cache.open(object)) {
            return opened.fetch(piece);
        }
    }

    /**
     * Keeps a version until it is unpinned, evicted or replaced, also over restarts; what is not here yet comes when it is
     * read or warmed.
     *
     * @throws IOException when all pinned objects together would be more than their share of the budget, or the disk refuses
     */
    public void pin(DataObject object) throws IOException {
        if (object.size() == 0) {
            return;
        }
        try (CachedObject opened = cache.open(object)) {
            if (!opened.file().pin()) {
                throw new IOException("pin " + object.path() + ": " + object.size() + " bytes more than "
                        + parts.pins().totalBytes() + " would be more than the share for pinned objects, "
                        + parts.pins().maxBytes() + " bytes; unpin others, or raise cache.max-size");
            }
        }
    }

    public void unpin(DataObject object) throws IOException {
        try (CachedObject opened = cache.open(object)) {
            opened.file().unpin();
        }
    }

    /**
     * Drops what is kept of a version and is not being read right now, its pin, and the distrust of a version that was found
     * to be wrong. Returns how many bytes that were.
     */
    public long evict(DataObject object) throws IOException {
        cache.trust(object);
        try (CachedObject opened = cache.open(object)) {
            opened.file().unpin();
            long before = opened.file().content().cachedBytes();
            opened.file().evictUnused();
            return before - opened.file().content().cachedBytes();
        }
    }

    /** Compares every block that nobody reads with its checksum, and drops those that are damaged. */
    public Verified verify(LongConsumer progress, BooleanSupplier goOn) {
        long bytes = 0;
        long damaged = 0;
        for (CachedFile file : cache.files()) {
            for (ByteRange piece : new ByteRange(0, file.key().version().size())
                    .cutAt(parts.config().extentBytes())) {
                if (!goOn.getAsBoolean()) {
                    return new Verified(bytes, damaged);
                }
                long compared = file.doubt(piece);
                damaged += file.verifyRestored(piece);
                bytes += compared;
                progress.accept(compared);
            }
        }
        return new Verified(bytes, damaged);
    }

    /** Removes files in the cache directory that belong to nothing. Returns how many. */
    public int removeOrphans() throws IOException {
        Set<String> known = new HashSet<>();
        cache.files().forEach(file -> known.add(file.name()));
        int removed = 0;
        for (String suffix : List.of(BlockFile.SUFFIX, BlockIndex.SUFFIX, AttachmentFiles.SUFFIX)) {
            for (Path file : parts.directory().files(suffix)) {
                boolean orphan = known.stream()
                        .noneMatch(name -> file.getFileName().toString().startsWith(name));
                if (orphan && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Drops what is kept under a path but is not of these objects, as soon as nobody reads it. Returns how many versions. */
    public int removeOthersAt(String path, List<DataObject> current) {
        Set<ContentKey> wanted = new HashSet<>();
        current.forEach(object -> wanted.add(ContentKey.of(object)));
        int removed = 0;
        for (CachedFile file : cache.files()) {
            boolean obsolete = file.content().path().equals(path) && !wanted.contains(file.key());
            removed += obsolete && cache.drop(file.key()) ? 1 : 0;
        }
        return removed;
    }

    /** Compares a version that is here as a whole with the checksum of the catalog; a wrong one is dropped. */
    public Compared compare(DataObject object) throws StorageException {
        try (CachedObject opened = cache.open(object)) {
            return opened.compare();
        }
    }

    /**
     * What lies in a cache directory that no mount uses.
     *
     * @throws IOException when a mount uses it, or it cannot be read
     */
    public static List<CachedContent> inspect(Path directory) throws IOException {
        try (CacheDirectory opened = CacheDirectory.open(directory);
                Stream<Path> files = opened.files(BlockIndex.SUFFIX).stream()) {
            return files.flatMap(file -> inspectIndex(file).stream()).toList();
        }
    }

    private static Optional<CachedContent> inspectIndex(Path file) {
        try {
            Optional<BlockIndex> index = BlockIndex.open(file);
            if (index.isEmpty()) {
                return Optional.empty();
            }
            try (BlockIndex opened = index.get()) {
                return Optional.of(contentOf(opened));
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static CachedContent contentOf(BlockIndex index) throws IOException {
        IndexHeader header = index.header();
        long size = header.key().version().size();
        long bytes = 0;
        for (ByteRange run : index.blocksWithSlots()) {
            for (ByteRange slots : run.cutAt(SLOTS_READ_AT_ONCE)) {
                bytes += bytesOf(index, slots, size);
            }
        }
        return new CachedContent(header.path(), size, bytes, header.pinned());
    }

    private static long bytesOf(BlockIndex index, ByteRange slots, long size) throws IOException {
        int blockBytes = index.header().blockBytes();
        long bytes = 0;
        long block = slots.start();
        for (int slot : index.read(slots.start(), Math.toIntExact(slots.length()))) {
            bytes += slot == BlockChecksums.NOT_HERE ? 0 : Math.clamp(size - block * blockBytes, 0, blockBytes);
            block++;
        }
        return bytes;
    }
}
