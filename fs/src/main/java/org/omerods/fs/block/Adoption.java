package org.omerods.fs.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.ByteRange;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a block file of a local file that has all bytes of a version, so that what this mount wrote is not fetched: the
 * file is moved, its blocks are entered into the index one extent after the other, each within the budget. Whoever reads
 * meanwhile waits for an extent as for a fetch. Thread-safe.
 */
final class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);

    /** A file that is larger than this part of the budget would push out too much that somebody looked at. */
    private static final int LARGEST_PART = 4;

    /** Up to here memory outside of the heap costs more than it gains. */
    private static final int SMALL_BYTES = 64 << 10;

    private final CacheParts parts;

    Adoption(CacheParts parts) {
        this.parts = parts;
    }

    boolean wants(DataObject object) {
        return object.size() > 0 && object.size() <= parts.config().maxBytes() / LARGEST_PART;
    }

    /**
     * Moves a local file to where block files are. Nothing of it counts yet.
     *
     * @return empty when that cannot be done by a rename, or it is not as long as the object; the local file is then where it
     *     was, or gone
     */
    Optional<CachedFile> move(DataObject object, Path local) {
        ContentKey key = ContentKey.of(object);
        String path = object.path().value();
        BlockCacheConfig config = parts.config();
        Path target = parts.directory().newFile(key);
        try {
            if (Files.size(local) != object.size()) {
                return Optional.empty();
            }
            IndexHeader header = new IndexHeader(key, config.blockBytes(), config.origin(), path, false);
            BlockIndex index = BlockIndex.create(BlockFile.indexOf(target), header);
            boolean opened = false;
            try {
                Files.move(local, target, StandardCopyOption.ATOMIC_MOVE);
                CachedFile file = new CachedFile(parts, key, path, BlockFile.open(target, index));
                opened = true;
                return Optional.of(file);
            } finally {
                if (!opened) {
                    index.delete();
                    Files.deleteIfExists(target);
                }
            }
        } catch (IOException e) {
            log.debug("{} is not kept in the cache: {}", path, e.toString());
            return Optional.empty();
        }
    }

    /** Claims all of a file, before anybody else has its object: from now on who reads of it waits for {@link #enter}. */
    List<Claim> claim(CachedFile file) throws InterruptedException {
        long size = file.key().version().size();
        int extentBytes = parts.config().extentBytes();
        List<Claim> claims = new ArrayList<>();
        for (long at = 0; at < size; at += extentBytes) {
            claims.add(file.claim(ByteRange.of(at, extentBytes).within(size), Priority.PREFETCH)
                    .orElseThrow());
        }
        return claims;
    }

    /** Enters all that was claimed. */
    void enter(CachedObject object, List<Claim> claims) {
        long size = object.object().size();
        ByteBuffer buffer = bufferOf((int) Math.min(size, parts.config().extentBytes()));
        for (Claim claim : claims) {
            claim.own().forEach(fetch -> enter(object, fetch, buffer));
            object.file().unpin(claim.range());
        }
    }

    /** Enters nothing of what was claimed. */
    void leave(CachedObject object, List<Claim> claims) {
        for (Claim claim : claims) {
            claim.own().forEach(fetch -> object.finish(fetch, Fetch.Outcome.NO_ROOM));
            object.file().unpin(claim.range());
        }
    }

    private static ByteBuffer bufferOf(int bytes) {
        return bytes <= SMALL_BYTES ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    }

    private void enter(CachedObject object, Fetch fetch, ByteBuffer buffer) {
        long length = fetch.range().length();
        boolean reserved = parts.budget().reserve(length);
        boolean entered = false;
        try {
            if (reserved) {
                object.file().checksum(fetch, buffer.clear().limit((int) length));
                entered = true;
            }
        } catch (IOException | RuntimeException e) {
            log.debug("{} of {} is not kept in the cache: {}", fetch.range(), object.path(), e.toString());
        } finally {
            if (!entered) {
                object.file().discard(fetch.range());
            }
            if (reserved && !entered) {
                parts.budget().release(length);
            }
            object.finish(fetch, entered ? Fetch.Outcome.CACHED : Fetch.Outcome.NO_ROOM);
        }
    }
}
