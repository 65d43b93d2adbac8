package org.omerods.fs.vfs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.SymbolicLink;

/** chmod, chown, truncate, utimens. Thread-safe. */
final class AttributeChangeOperations {
    private final Shared shared;
    private final Writing writing;
    private final OwnershipChanges ownership;
    private final HandleTable<FileHandle> handles;

    AttributeChangeOperations(
            Shared shared, Writing writing, OwnershipChanges ownership, HandleTable<FileHandle> handles) {
        this.shared = shared;
        this.writing = writing;
        this.ownership = ownership;
        this.handles = handles;
    }

    void change(Request request, long number, AttributeChange change, Reply<TimedAttributes> reply) {
        shared.guard()
                .answer(
                        request,
                        "setattr",
                        shared.inodes().nameOf(number),
                        reply,
                        Optional::empty,
                        () -> change(shared.inodes().get(number), change));
    }

    private TimedAttributes change(Inode inode, AttributeChange change) throws StorageException, ErrnoException {
        if (change.ofOwnership() && ownership == OwnershipChanges.REFUSE) {
            requireNoChange(attributes(inode).attributes(), change);
        }
        if (change.permissions().isPresent() && ownership == OwnershipChanges.KEEP) {
            keep(inode, change.permissions().getAsInt());
        }
        if (change.size().isPresent()) {
            truncate(inode, change, change.size().getAsLong());
        }
        if (change.modified().isPresent()) {
            touch(inode, change.modified().get());
        }
        return attributes(inode);
    }

    private static void requireNoChange(Attributes now, AttributeChange change) throws ErrnoException {
        boolean same = change.permissions().orElse(now.permissions()) == now.permissions()
                && change.uid().orElse(now.uid()) == now.uid()
                && change.gid().orElse(now.gid()) == now.gid();
        if (!same) {
            throw new ErrnoException(Errno.EPERM, "owners and modes are not kept here (mount.ownership)");
        }
    }

    private void truncate(Inode inode, AttributeChange change, long size) throws StorageException, ErrnoException {
        if (inode.isDirectory()) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        if (size < 0) {
            throw new ErrnoException(Errno.EINVAL, "size " + size);
        }
        if (change.handle().isPresent()) {
            writing.of(handles.get(change.handle().getAsLong())).truncate(size);
            return;
        }
        changeAndLeave(writing.of(inode, entry(inode)), file -> file.truncate(size));
    }

    /** A change of a file that is being written. */
    @FunctionalInterface
    private interface StagedChange {
        void of(StagedFile file) throws StorageException;
    }

    private static void changeAndLeave(StagedFile file, StagedChange change) throws StorageException {
        try {
            change.of(file);
            if (file.isUsedOnce()) {
                file.synchronize(); // nobody will close it: this call is the last that can tell of a failure
            }
        } finally {
            file.leave();
        }
    }

    /** Changes what is being written of a file. False when nothing is, or its end was awaited: the storage has it then. */
    private boolean changeStaged(Inode inode, String operation, StagedChange change) throws StorageException {
        Optional<StagedFile> staged = stagedOf(inode);
        boolean isWritten = staged.isPresent() && staged.get().useOrAwaitEnd(operation);
        if (isWritten) {
            changeAndLeave(staged.get(), change);
        }
        return isWritten;
    }

    private void keep(Inode inode, int permissions) throws StorageException, ErrnoException {
        PresentationConfig all = shared.config().presentation();
        if (inode.isDirectory()) {
            keepInStorage(inode, all.toBeKeptOfDirectory(permissions));
            return;
        }
        OptionalInt kept = all.toBeKeptOfFile(permissions);
        if (!changeStaged(inode, "chmod", file -> file.setPermissions(kept))) {
            keepInStorage(inode, kept);
        }
    }

    private void keepInStorage(Inode inode, OptionalInt permissions) throws StorageException, ErrnoException {
        if (inode.removed().isPresent()) {
            return; // nothing that lasts
        }
        Entry entry = entry(inode);
        if (!(entry instanceof SymbolicLink)) { // Linux asks for the modes of none
            writing.keep(entry, permissions);
        }
    }

    private void touch(Inode inode, Instant time) throws StorageException, ErrnoException {
        // The end, or the time of its upload would be told after this one.
        if (changeStaged(inode, "utimens", file -> file.touch(time))) {
            return;
        }
        Entry before = entry(inode);
        Entry now = writing.touch(before, time);
        if (before instanceof DataObject old && now instanceof DataObject object) {
            shared.blocks().touched(old, object);
            inode.becomes(old.version(), object);
        }
        shared.metadata().changed(now);
    }

    /** What is being written of it, until its end: its path still leads there when the inode does no more. */
    private Optional<StagedFile> stagedOf(Inode inode) {
        Optional<StagedFile> staged = inode.staged();
        return staged.isPresent() || inode.removed().isPresent()
                ? staged
                : shared.view().staged(inode.path()).filter(file -> inode.isOf(file.entry()));
    }

    private Entry entry(Inode inode) throws StorageException, ErrnoException {
        Entry entry = shared.view().stat(inode.path()).value();
        shared.inodes().requireSame(inode, entry);
        return entry;
    }

    private TimedAttributes attributes(Inode inode) throws StorageException, ErrnoException {
        Optional<TimedAttributes> own = shared.ownAttributes(inode);
        if (own.isPresent()) {
            return own.get();
        }
        var known = shared.view().stat(inode.path());
        shared.inodes().requireSame(inode, known.value());
        return new TimedAttributes(
                shared.show(inode, known.value()), shared.view().remaining(known));
    }
}
