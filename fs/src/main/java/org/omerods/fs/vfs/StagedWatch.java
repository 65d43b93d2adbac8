package org.omerods.fs.vfs;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.block.BlockSlice;
import org.omerods.fs.block.CachedObject;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.staging.BaseContents;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.StagingListener;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** Tells inodes and caches what becomes of staged files, and reads for those what was not written. Thread-safe. */
final class StagedWatch implements StagingListener, BaseContents {
    /** How much of a base is taken from the block cache in one piece. */
    private static final int PIECE_BYTES = 1 << 20;

    private final InodeTable inodes;
    private final MetadataCache metadata;
    private final ChangeWatch changes;
    private final BlockCache blocks;
    private final Guard guard;

    StagedWatch(InodeTable inodes, MetadataCache metadata, ChangeWatch changes, BlockCache blocks, Guard guard) {
        this.inodes = inodes;
        this.metadata = metadata;
        this.changes = changes;
        this.blocks = blocks;
        this.guard = guard;
    }

    @Override
    public void uploaded(StagedFile file, DataObject now) {
        inodeOf(file, now).ifPresent(inode -> inodes.identify(inode, now));
        metadata.changed(now);
        if (file.origin().id() > 0) {
            blocks.discard(file.origin());
        }
    }

    @Override
    public boolean takes(DataObject now, Path bytes) {
        return blocks.adopt(now, bytes);
    }

    @Override
    public boolean makesRoom(Path directory) {
        return blocks.giveToDisk(directory);
    }

    @Override
    public void settled(StagedFile file, DataObject now) {
        inodeOf(file, now).ifPresent(inode -> {
            inode.becomes(file.origin().version(), now);
            inode.detach(file);
        });
    }

    /** By what it was begun with; in a place that numbers nothing that was perhaps somewhere else. */
    private Optional<Inode> inodeOf(StagedFile file, DataObject now) {
        return inodes.find(file.origin()).or(() -> inodes.find(now));
    }

    @Override
    public void parked(StagedFile file) {
        StoragePath path = file.path();
        inodes.find(file.origin()).ifPresent(inode -> inode.detach(file));
        metadata.invalidate(path);
        guard.later(() -> changes.forget(path));
    }

    @Override
    public Base open(DataObject version) {
        CachedObject object = blocks.open(version);
        return new Base() {
            @Override
            public void read(long offset, ByteBuffer target) throws StorageException {
                long at = offset;
                while (target.hasRemaining()) {
                    BlockSlice slice = object.read(at, Math.min(target.remaining(), PIECE_BYTES));
                    at += slice.bytes().byteSize();
                    target.put(slice.bytes().asByteBuffer());
                    slice.release();
                }
            }

            @Override
            public void close() {
                object.close();
            }
        };
    }
}
