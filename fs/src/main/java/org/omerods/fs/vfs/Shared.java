package org.omerods.fs.vfs;

import org.omerods.fs.block.BlockCache;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.storage.Entry;

/** What all operations of one filesystem work with. */
record Shared(
        FilesystemConfig config,
        InodeTable inodes,
        MetadataCache metadata,
        BlockCache blocks,
        ChangeWatch changes,
        Presenter presenter,
        Guard guard) {

    /** The attributes of an entry; when they are of another version than the last ones, the kernel is told, too. */
    Attributes show(Inode inode, Entry entry) {
        if (changes.isChanged(inode, entry, blocks)) {
            guard.later(() -> changes.forgetContent(inode));
        }
        return presenter.attributes(inode.number(), entry);
    }
}
