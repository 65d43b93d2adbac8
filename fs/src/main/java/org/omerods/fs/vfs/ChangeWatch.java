package org.omerods.fs.vfs;

import java.util.Optional;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that an object is another version than it was, and sees to it that nobody goes on with the old one: the block
 * file goes with its last handle, the kernel drops pages and attributes. Thread-safe.
 */
final class ChangeWatch {
    private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);

    private final InodeTable inodes;
    private final MetadataCache metadata;
    private volatile KernelCache kernel = KernelCache.NONE;

    ChangeWatch(InodeTable inodes, MetadataCache metadata) {
        this.inodes = inodes;
        this.metadata = metadata;
    }

    void attach(KernelCache attached) {
        kernel = attached;
    }

    /** The kernel, as far as it can be told. */
    KernelCache kernel() {
        return kernel;
    }

    /** Whether {@link #isChanged} would say so. */
    boolean wouldChange(Inode inode, Entry entry) {
        return entry instanceof DataObject object && inode.pages().isNew(object);
    }

    /** An entry is about to be shown as {@code inode}. Returns whether the kernel has to be told that it changed. */
    boolean isChanged(Inode inode, Entry entry, BlockCache blocks) {
        if (!(entry instanceof DataObject object)) {
            return false;
        }
        Optional<DataObject> before = inode.pages().see(object);
        before.ifPresent(old -> {
            log.info("{} was changed elsewhere: {} bytes, now {}", object.path(), old.size(), object.size());
            blocks.discard(old);
        });
        return before.isPresent();
    }

    /** Tells the kernel. Not on a thread that the kernel's other requests wait for. */
    void forgetContent(Inode inode) {
        kernel.forgetContent(inode.number());
    }

    /** The storage refused to go on with a version: from now on nothing known of its path is used. Quick. */
    void stale(DataObject object) {
        log.info("{} was changed or removed elsewhere while it was open", object.path());
        metadata.invalidate(object.path());
    }

    /** The kernel's part of {@link #stale}; not on a thread that the kernel's other requests wait for. */
    void tellKernelOfStale(DataObject object) {
        kernel.forgetContent(inodes.numberOf(object));
        forgetEntry(object.path());
    }

    /** Nothing that is known of a path may be used any more. */
    void forget(StoragePath path) {
        metadata.invalidate(path);
        inodes.at(path).ifPresent(this::forgetContent);
        forgetEntry(path);
    }

    private void forgetEntry(StoragePath path) {
        if (!path.equals(inodes.root().path())) {
            inodes.at(path.parent()).ifPresent(parent -> kernel.forgetEntry(parent.number(), path.name()));
        }
    }
}
