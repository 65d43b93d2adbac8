package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    private final CacheDirectory directory;
    private final ContentKey key;
    private final Budget budget;
    private final Protections protections;
    private final Residency residency;
    private final Attachments attachments;

    /** Present while blocks are; made only by holders of a pin, taken only when there is no pin. */
    private final AtomicReference<@Nullable BlockFile> file = new AtomicReference<>();

    private final Object making = new Object();

    CachedFile(
            CacheDirectory directory, ContentKey key, Budget budget, Protections protections, BlockCacheConfig config) {
        this.directory = directory;
        this.key = key;
        this.budget = budget;
        this.protections = protections;
        this.attachments = new Attachments(directory.path(), key.fileName(), budget);
        this.residency =
                new Residency(new ExtentMap(this, key.version().size(), config.blockBytes(), config.extentBytes()));
    }

    /** The bytes of a range when all are here. */
    Optional<BlockSlice> sliceIfPresent(ByteRange range) {
        List<Extent> extents = residency.pinIfPresent(range);
        if (extents.isEmpty()) {
            return Optional.empty();
        }
        budget.touch(extents);
        return Optional.of(sliceOf(range));
    }

    /** The bytes of a pinned range that is all here; the release takes the pin back. */
    BlockSlice slice(ByteRange pinned) {
        budget.touch(residency.pinned(pinned));
        return sliceOf(pinned);
    }

    private BlockSlice sliceOf(ByteRange pinned) {
        BlockFile present = file.get();
        if (present == null) {
            throw new IllegalStateException("blocks without a file: " + key.fileName());
        }
        return BlockSlice.releasedOnce(present.slice(pinned), () -> unpin(pinned));
    }

    Optional<Claim> claim(ByteRange range, Priority priority) throws InterruptedException {
        return residency.claim(range, priority);
    }

    void unpin(ByteRange range) {
        if (residency.unpin(range)) {
            removeIfUnused();
        }
    }

    /** Puts bytes into the file, where nobody sees them before {@link #publish}. */
    void write(Fetch fetch, ByteBuffer bytes) throws IOException {
        BlockFile present = file.get();
        (present == null ? make() : present).write(fetch.range().start(), bytes);
    }

    /** Returns whether the file is complete with it. */
    boolean publish(Fetch fetch) {
        boolean complete = residency.publish(fetch);
        budget.touch(residency.pinned(fetch.range()));
        unpin(fetch.range());
        return complete;
    }

    void abandon(Fetch fetch) {
        residency.abandon(fetch);
        unpin(fetch.range());
    }

    /** The whole file, pinned, when everything is here. */
    Optional<CompleteFile> complete() {
        ByteRange all = ByteRange.of(0, key.version().size());
        List<Extent> extents = residency.pinIfPresent(all);
        BlockFile present = file.get();
        if (extents.isEmpty() || present == null) {
            return Optional.empty();
        }
        budget.touch(extents);
        return Optional.of(new CompleteFile(present.path(), all.length(), () -> unpin(all)));
    }

    Attachments attachments() {
        return attachments;
    }

    /** See {@link CachedObject#protect}. */
    boolean protect(List<ByteRange> ranges) {
        return protections.protect(this, residency.blocksOf(ranges));
    }

    /** Evictions leave these blocks alone from now on, and no others. */
    void spare(List<ByteRange> blocks) {
        residency.spare(blocks);
    }

    /** From now on nothing can be claimed; the file goes with its last reader. */
    void retire() {
        protections.remove(this);
        attachments.remove();
        if (residency.retire()) {
            removeIfUnused();
        }
    }

    /** Removes the file and all it holds. False when somebody reads, or there is none. */
    boolean removeIfUnused() {
        AtomicReference<@Nullable BlockFile> taken = new AtomicReference<>();
        budget.remove(residency.clearIfUnused(() -> taken.set(file.getAndSet(null))));
        BlockFile unused = taken.get();
        if (unused == null) {
            return false;
        }
        try {
            unused.close();
        } catch (IOException e) {
            log.warn("Cannot remove a block file: {}", e.toString());
        }
        return true;
    }

    @Override
    public long beginEviction(Extent extent) {
        return residency.beginEviction(extent);
    }

    @Override
    public void endEviction(Extent extent) {
        BlockFile present = file.get();
        boolean freed = present == null || residency.leaving(extent).stream().allMatch(present::discard);
        boolean last = residency.endEviction(extent);
        if (!freed && warnedOfHoles.compareAndSet(false, true)) {
            log.warn("The filesystem of the cache directory has no holes: its block files are removed only as a whole");
        }
        if (last || !freed) {
            removeIfUnused();
        }
    }

    private BlockFile make() throws IOException {
        synchronized (making) {
            BlockFile present = file.get();
            if (present == null) {
                present = BlockFile.create(directory.newFile(key), key.version().size());
                file.set(present);
            }
            return present;
        }
    }
}
