package org.omerods.fs.vfs;

import java.time.Duration;
import java.util.Optional;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;

/** What all operations of one filesystem work with. */
record Shared(
        FilesystemConfig config,
        InodeTable inodes,
        MetadataCache metadata,
        View view,
        BlockCache blocks,
        ChangeWatch changes,
        Presenter presenter,
        Guard guard) {

    /** The inode of an entry, with one reference more. */
    Inode reference(Entry entry) {
        Inode inode = inodes.reference(entry);
        if (entry instanceof DataObject) {
            view.staged(entry.path()).filter(file -> !file.isRetired()).ifPresent(inode::attach);
        }
        return inode;
    }

    /** The attributes of an entry; when they are of another version than the last ones, the kernel is told, too. */
    Attributes show(Inode inode, Entry entry) {
        if (inode.staged().isPresent()) {
            return presenter.attributes(inode.number(), entry); // changed by this mount, and the kernel knows
        }
        if (changes.isChanged(inode, entry, blocks)) {
            guard.later(() -> changes.forgetContent(inode));
        }
        return presenter.attributes(inode.number(), entry);
    }

    /** What is known of an inode without asking anybody: it is being written, or its name was removed. */
    Optional<TimedAttributes> ownAttributes(Inode inode) {
        Optional<StagedFile> staged = inode.staged();
        Optional<Entry> removed = inode.removed();
        if (staged.isEmpty() && removed.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = staged.isPresent() ? staged.get().entry() : removed.get();
        Attributes attributes = presenter.attributes(inode.number(), entry);
        return Optional.of(
                new TimedAttributes(removed.isPresent() ? attributes.unlinked() : attributes, Duration.ZERO));
    }
}
