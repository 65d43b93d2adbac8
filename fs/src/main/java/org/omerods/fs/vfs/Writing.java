package org.omerods.fs.vfs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.fs.meta.Known;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all changing operations work with: the staged files, and the storage itself for names. Thread-safe. */
final class Writing {
    private static final Logger log = LoggerFactory.getLogger(Writing.class);

    /** Log files, sources, scripts; a slide takes longer to fetch than a program waits for its removal. */
    static final long MAX_KEPT_BYTES = 64L << 20;

    private final Storage storage;
    private final Staging staging;
    private final WriteRights rights;
    private final MetadataCache metadata;

    Writing(Storage storage, Staging staging, WriteRights rights, MetadataCache metadata) {
        this.metadata = metadata;
        this.storage = storage;
        this.staging = staging;
        this.rights = rights;
    }

    WriteRights rights() {
        return rights;
    }

    Storage storage() {
        return storage;
    }

    Staging staging() {
        return staging;
    }

    /** The file that a handle writes to, made when it writes first. */
    StagedFile of(FileHandle handle) throws StorageException, ErrnoException {
        if (!handle.isWritable()) {
            throw new ErrnoException(Errno.EBADF, "not open for writing");
        }
        Optional<StagedFile> own = handle.own();
        if (own.isPresent()) {
            return own.get();
        }
        Inode inode = handle.inode();
        StagedFile file = useOrStage(handle, inode);
        if (!handle.write(file)) {
            file.leave();
            return handle.own().orElseThrow(() -> new ErrnoException(Errno.EBADF, "closed"));
        }
        inode.attach(file);
        return file;
    }

    private StagedFile useOrStage(FileHandle handle, Inode inode) throws StorageException {
        while (true) {
            Optional<StagedFile> staged = handle.staged();
            // After its end the handle has what it became.
            if (staged.isPresent() && staged.get().useOrAwaitEnd("write")) {
                return staged.get();
            }
            if (inode.removed().isPresent()) {
                throw new StorageException(Reason.STALE, "write", inode.path().value(), "its name was removed");
            }
            if (staged.isEmpty()) {
                return staging.overwrite(asKnownNow(handle.object().object().at(inode.path())));
            }
        }
    }

    /** What was opened, with the permissions that it may have got since. */
    private DataObject asKnownNow(DataObject opened) {
        Optional<Known<Entry>> known = metadata.statIfKnown(opened.path());
        return known.isPresent() && known.get().value() instanceof DataObject now && now.id() == opened.id()
                ? opened.with(now.permissions())
                : opened;
    }

    /** The file that stands for an inode that is changed by its name, with one user more. */
    StagedFile of(Inode inode, Entry entry) throws StorageException, ErrnoException {
        Optional<StagedFile> staged = inode.staged();
        if (staged.isPresent() && staged.get().use()) {
            return staged.get();
        }
        StagedFile file = switch (entry) {
            case DataObject object -> staging.overwrite(object.at(inode.path()));
            case Collection _ -> throw new ErrnoException(Errno.EISDIR, "a directory");
            case SymbolicLink _ -> throw new ErrnoException(Errno.EINVAL, "a symbolic link");
        };
        inode.attach(file);
        return file;
    }

    /** A new file that nobody can open after all. */
    void giveUp(StagedFile file) {
        try {
            staging.unlink(file, () -> {});
        } catch (StorageException e) {
            log.warn("{} is given up and stays staged: {}", file, e.getMessage());
        }
        file.leave();
    }

    /**
     * Before an object's name is removed: who has it open keeps its bytes, when they are so few that they can be fetched.
     * Larger objects keep what is cached.
     */
    Optional<StagedFile> fetchForOpenHandles(Inode inode, Entry entry) throws StorageException {
        if (!inode.isOpen() || !(entry instanceof DataObject object) || object.size() > MAX_KEPT_BYTES) {
            return Optional.empty();
        }
        StagedFile file = staging.overwrite(object);
        if (fetch(file)) {
            return Optional.of(file);
        }
        file.leave();
        return Optional.empty();
    }

    /** The same for what is being written: what was not written of it is in the storage alone. */
    void fetchForOpenHandles(StagedFile file) {
        if (file.isInStorage() && file.size() <= MAX_KEPT_BYTES) {
            boolean _ = fetch(file);
        }
    }

    private static boolean fetch(StagedFile file) {
        try {
            return file.fetch();
        } catch (StorageException e) {
            log.info("{} is removed while it is open, and its bytes are not here: {}", file, e.getMessage());
            return false;
        }
    }

    /** @throws ErrnoException ENAMETOOLONG where the storage keeps nothing new under such a path: nothing is staged then */
    void requireNameable(StoragePath path) throws ErrnoException {
        if (path.byteLength() > storage.maxPathBytes()) {
            throw new ErrnoException(
                    Errno.ENAMETOOLONG, "a path of more than " + storage.maxPathBytes() + " bytes in the storage");
        }
    }

    /** Keeps permission bits of an object or a collection that is not being written. Returns it as it is now. */
    Entry keep(Entry entry, OptionalInt permissions) throws StorageException {
        try {
            storage.setPermissions(entry.path(), permissions);
        } catch (StorageException e) {
            metadata.invalidate(entry.path());
            throw e;
        }
        Entry now = switch (entry) {
            case DataObject object -> object.with(permissions);
            case Collection collection -> collection.with(permissions);
            case SymbolicLink link -> link;
        };
        metadata.changed(now);
        metadata.forgetTriples(entry.path());
        return now;
    }

    /** Sets the time of what is not being written. */
    Entry touch(Entry entry, Instant time) throws StorageException {
        return storage.touch(entry.path(), time);
    }
}
