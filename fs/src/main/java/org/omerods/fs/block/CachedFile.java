package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.ObjectReader.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The block file of one object version together with the knowledge of what is in it: made with the first bytes, removed
 * when its object is retired or its room is needed, never while somebody reads. Thread-safe.
 */
final class CachedFile implements Evictable {
    private static final Logger log = LoggerFactory.getLogger(CachedFile.class);

    /** One warning for a process is enough: the disk does not change. */
    private static final AtomicBoolean warnedOfHoles = new AtomicBoolean();

    private final CacheParts parts;
    private final ContentKey key;
    private final String name;
    private final Residency residency;
    private final Attachments attachments;

    /** Present while blocks are; made only by holders of a pin, taken only when there is no pin. */
    private final AtomicReference<@Nullable BlockFile> file;

    private final Object making = new Object();

    /** Where the object lies, for people. */
    private volatile String path;

    /** Whether an earlier process left all of it, as far as its index tells. */
    private boolean leftWhole;

    /** Whether a person wants it kept. */
    private volatile boolean pinned;

    /** Whether all of it was compared with the catalog's checksum, and agreed. */
    private volatile boolean right;

    /** Whether the files stay for a later process when the last reader leaves. */
    private volatile boolean outlives;

    CachedFile(CacheParts parts, ContentKey key, String path, @Nullable BlockFile restored) {
        this.parts = parts;
        this.key = key;
        this.name = key.fileName();
        this.path = path;
        this.file = new AtomicReference<>(restored);
        this.attachments = new Attachments(parts.directory().path(), name, parts.budget());
        BlockCacheConfig config = parts.config();
        this.residency =
                new Residency(new ExtentMap(this, key.version().size(), config.blockBytes(), config.extentBytes()));
    }

    @Override
    public String name() {
        return name;
    }

    ContentKey key() {
        return key;
    }

    /** What the index of an earlier process tells. Only before anybody else has this. */
    void restore(BlockIndex index) throws IOException {
        int blocksOfExtent = parts.config().extentBytes() / parts.config().blockBytes();
        long blocks = Math.ceilDiv(key.version().size(), parts.config().blockBytes());
        pinned = index.header().pinned() && parts.pins().add(this);
        long done = 0;
        for (ByteRange run : index.blocksWithSlots()) {
            long from = Math.max(done, run.start() / blocksOfExtent * blocksOfExtent);
            for (long first = from; first < Math.min(run.end(), blocks); first += blocksOfExtent) {
                restore(index, first, (int) Math.min(blocksOfExtent, blocks - first));
                done = first + blocksOfExtent;
            }
        }
        leftWhole = residency.presentBytes() == key.version().size();
    }

    boolean wasLeftWhole() {
        return leftWhole;
    }

    private void restore(BlockIndex index, long first, int count) throws IOException {
        int[] slots = index.read(first, count);
        BitSet here = new BitSet();
        for (int i = 0; i < count; i++) {
            here.set(i, slots[i] != BlockChecksums.NOT_HERE);
        }
        if (!here.isEmpty()) {
            Extent extent = residency.restore(first * parts.config().blockBytes(), here);
            parts.budget().adopt(extent.presentBytes);
            parts.budget().grown(List.of(extent));
        }
    }

    /** The bytes of a range when all are here and verified. */
    Optional<BlockSlice> sliceIfPresent(ByteRange range) {
        List<Extent> extents = residency.pinIfPresent(range);
        if (extents.isEmpty()) {
            return Optional.empty();
        }
        parts.budget().touch(extents);
        return Optional.of(sliceOf(range));
    }

    /** As {@link #sliceIfPresent}, but no use that counts. */
    Optional<BlockSlice> peek(ByteRange range) {
        return residency.pinIfPresent(range).isEmpty() ? Optional.empty() : Optional.of(sliceOf(range));
    }

    /** Whether everything is here and agrees with the index. */
    boolean isComplete() {
        return residency.isComplete();
    }

    /** The bytes of a pinned range that is all here; the release takes the pin back. */
    BlockSlice slice(ByteRange pinned) {
        parts.budget().touch(residency.pinned(pinned));
        return sliceOf(pinned);
    }

    private BlockSlice sliceOf(ByteRange pinned) {
        BlockFile present = file.get();
        if (present == null) {
            throw new IllegalStateException("blocks without a file: " + key.fileName());
        }
        return BlockSlice.releasedOnce(present.slice(pinned), () -> unpin(pinned));
    }

    boolean isPresent(ByteRange range) {
        return residency.isPresent(range);
    }

    /** See {@link Residency#missing}. */
    List<ByteRange> missing(ByteRange range) {
        return residency.missing(range);
    }

    /** See {@link Residency#claim}. What an earlier process left of the range is compared with its index before. */
    Optional<Claim> claim(ByteRange range, Priority priority) throws InterruptedException {
        verifyRestored(range);
        return residency.claim(range, priority);
    }

    /** Whether its version has the catalog's checksum, for all who share the bytes. */
    boolean isFoundRight() {
        return right;
    }

    void foundRight(boolean agrees) {
        right = agrees;
    }

    /** Compares with the index what an earlier process left of a range. Returns how many bytes were damaged. */
    long verifyRestored(ByteRange range) {
        long lost = 0;
        for (ByteRange run : residency.pinRestored(range)) {
            try {
                lost += verify(run);
            } finally {
                unpin(run);
            }
        }
        return lost;
    }

    private long verify(ByteRange run) {
        BlockFile present = file.get();
        int blockBytes = parts.config().blockBytes();
        BitSet good = present == null ? new BitSet() : BlockVerifier.goodBlocks(present, run, blockBytes);
        long lost = residency.settle(run, good);
        if (lost > 0) {
            parts.counters().badBlocks.add(Math.ceilDiv(lost, blockBytes));
            parts.budget().release(lost);
            log.warn(
                    "{} bytes of {} in {} were damaged and are fetched again",
                    lost,
                    path,
                    parts.directory().path());
        }
        return lost;
    }

    void unpin(ByteRange range) {
        if (residency.unpin(range)) {
            removeIfUnused();
        }
    }

    /** Puts bytes into the file, where nobody sees them before {@link #publish}. */
    void write(Fetch fetch, ByteBuffer bytes) throws IOException {
        BlockFile present = file.get();
        long start = fetch.range().start();
        int blockBytes = parts.config().blockBytes();
        fetch.checksums(BlockChecksums.of(start / blockBytes, bytes, blockBytes));
        (present == null ? make() : present).write(start, bytes);
    }

    /** Reads back bytes that are in the file already, into a buffer as large; the rest is as with {@link #write}. */
    void checksum(Fetch fetch, ByteBuffer bytes) throws IOException {
        BlockFile present = file.get();
        if (present == null) {
            throw new IOException("its file is gone");
        }
        long start = fetch.range().start();
        int blockBytes = parts.config().blockBytes();
        present.read(start, bytes);
        fetch.checksums(BlockChecksums.of(start / blockBytes, bytes.flip(), blockBytes));
    }

    /** Gives back the disk space of blocks that were never here. */
    void discard(ByteRange blocks) {
        BlockFile present = file.get();
        if (present != null) {
            boolean _ = discard(present, blocks);
        }
    }

    /** Returns whether the file is complete with it. */
    boolean publish(Fetch fetch) {
        index(fetch);
        boolean complete = residency.publish(fetch);
        parts.budget().grown(residency.pinned(fetch.range()));
        unpin(fetch.range());
        return complete;
    }

    /** So that a later process finds them; when it cannot be written, this one has them all the same. */
    private void index(Fetch fetch) {
        BlockFile present = file.get();
        if (present == null) {
            throw new IllegalStateException("bytes without a file: " + key.fileName());
        }
        try {
            present.index().write(fetch.range().start() / parts.config().blockBytes(), fetch.checksums());
        } catch (IOException e) {
            log.debug("{} is not kept beyond this process: {}", fetch.range(), e.toString());
        }
    }

    void abandon(Fetch fetch) {
        residency.abandon(fetch);
        unpin(fetch.range());
    }

    /** The whole file, pinned, when everything is here. */
    Optional<CompleteFile> complete() {
        if (!residency.isComplete()) {
            return Optional.empty();
        }
        ByteRange all = ByteRange.of(0, key.version().size());
        List<Extent> extents = residency.pinIfPresent(all);
        BlockFile present = file.get();
        if (extents.isEmpty() || present == null) {
            return Optional.empty();
        }
        parts.budget().touch(extents);
        return Optional.of(new CompleteFile(present.path(), all.length(), () -> unpin(all)));
    }

    Attachments attachments() {
        return attachments;
    }

    /** See {@link CachedObject#protect}. */
    boolean protect(List<ByteRange> ranges) {
        return parts.protections().protect(this, residency.blocksOf(ranges));
    }

    /** Evictions leave these blocks alone from now on, and no others. */
    void spare(List<ByteRange> blocks) {
        residency.spare(blocks);
    }

    boolean isPinned() {
        return pinned;
    }

    CachedContent content() {
        return new CachedContent(path, key.version().size(), residency.presentBytes(), pinned);
    }

    /** See {@link Residency#doubt}. */
    long doubt(ByteRange range) {
        return residency.doubt(range);
    }

    /** Nothing of it is evicted from now on, in later processes too. False when there is no room among the pinned. */
    boolean pin() throws IOException {
        if (!parts.pins().add(this)) {
            return false;
        }
        pinned = true;
        BlockFile present = file.get();
        writePinned((present == null ? make() : present).index(), true);
        return true;
    }

    void unpin() throws IOException {
        if (!pinned) {
            return;
        }
        pinned = false;
        parts.pins().remove(this);
        BlockFile present = file.get();
        if (present != null) {
            writePinned(present.index(), false);
        }
        parts.budget().grown(residency.held());
    }

    private static void writePinned(BlockIndex index, boolean pinned) throws IOException {
        IndexHeader header = index.header();
        index.writeHeader(new IndexHeader(header.key(), header.blockBytes(), header.origin(), header.path(), pinned));
    }

    /** Evicts what nobody uses. */
    void evictUnused() {
        residency.held().forEach(parts.budget()::evict);
    }

    /** From now on nothing can be claimed and no later process finds it; the file goes with its last reader. */
    void retire() {
        parts.protections().remove(this);
        parts.pins().remove(this);
        attachments.remove();
        BlockFile present = file.get();
        if (residency.retire()) {
            removeIfUnused();
        } else if (present != null) {
            try {
                present.forget();
            } catch (IOException e) {
                log.warn("Cannot remove an index: {}", e.toString());
            }
        }
    }

    /** From now on nothing can be claimed; the files stay for a later process. */
    void suspend() {
        outlives = true;
        if (residency.retire()) {
            removeIfUnused();
        }
    }

    /** Lets go of the file and leaves it to the caller; empty, and nothing is changed, when it is not whole, or used, or pinned. */
    Optional<Path> detach() throws IOException {
        if (pinned || !residency.isComplete()) {
            return Optional.empty();
        }
        BlockFile unused = takeIfUnused();
        return unused == null ? Optional.empty() : Optional.of(unused.detach());
    }

    /** Takes the file out, with all that is known of it; null when somebody reads, or there is none. */
    private @Nullable BlockFile takeIfUnused() {
        AtomicReference<@Nullable BlockFile> taken = new AtomicReference<>();
        parts.budget().remove(residency.clearIfUnused(() -> taken.set(file.getAndSet(null))));
        return taken.get();
    }

    /** Lets go of the file and all it holds. False when somebody reads, or there is none. */
    boolean removeIfUnused() {
        BlockFile unused = takeIfUnused();
        if (unused == null) {
            return false;
        }
        try {
            if (outlives) {
                unused.close();
            } else {
                unused.delete();
            }
        } catch (IOException e) {
            log.warn("Cannot remove a block file: {}", e.toString());
        }
        return true;
    }

    @Override
    public long beginEviction(Extent extent) {
        return pinned ? 0 : residency.beginEviction(extent);
    }

    @Override
    public void endEviction(Extent extent) {
        BlockFile present = file.get();
        boolean freed = present == null
                || residency.leaving(extent).stream()
                        .map(part -> discard(present, part))
                        .reduce(true, Boolean::logicalAnd);
        boolean last = residency.endEviction(extent);
        if (!freed && warnedOfHoles.compareAndSet(false, true)) {
            log.warn("The filesystem of the cache directory has no holes: its block files are removed only as a whole");
        }
        if (last || !freed) {
            removeIfUnused();
        }
    }

    private boolean discard(BlockFile present, ByteRange blocks) {
        int blockBytes = parts.config().blockBytes();
        try {
            present.index().clear(blocks.start() / blockBytes, (int) Math.ceilDiv(blocks.length(), blockBytes));
        } catch (IOException e) {
            log.debug(
                    "slots of blocks that are gone stay in {}: {}",
                    present.index().path(),
                    e.toString());
        }
        return present.discard(blocks);
    }

    private BlockFile make() throws IOException {
        synchronized (making) {
            BlockFile present = file.get();
            if (present == null) {
                BlockCacheConfig config = parts.config();
                present = BlockFile.create(
                        parts.directory().newFile(key),
                        new IndexHeader(key, config.blockBytes(), config.origin(), path, false));
                file.set(present);
            }
            return present;
        }
    }
}
