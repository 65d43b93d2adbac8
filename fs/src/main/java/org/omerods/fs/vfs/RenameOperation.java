package org.omerods.fs.vfs;

import java.time.Instant;
import java.util.Optional;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** rename(2) of files and trees; whoever has something open in them goes on. Thread-safe. */
final class RenameOperation {
    private static final Logger log = LoggerFactory.getLogger(RenameOperation.class);

    private final Shared shared;
    private final Writing writing;
    private final NameOperations names;
    private final Storage storage;
    private final Staging staging;

    RenameOperation(Shared shared, Writing writing, NameOperations names) {
        this.shared = shared;
        this.writing = writing;
        this.names = names;
        this.storage = writing.storage();
        this.staging = writing.staging();
    }

    void rename(Request request, Place from, Place to, boolean replace, Reply<Done> reply) {
        shared.guard().answer(request, "rename", from, reply, Optional::empty, () -> {
            StoragePath source = NamespaceOperations.pathOf(shared.inodes(), from.parent(), from.name());
            StoragePath target = NamespaceOperations.pathOf(shared.inodes(), to.parent(), to.name());
            return rename(source, target, replace);
        });
    }

    private Done rename(StoragePath from, StoragePath to, boolean replace) throws StorageException, ErrnoException {
        Entry source = shared.view().find(from).orElseThrow(() -> new ErrnoException(Errno.ENOENT, "no such entry"));
        Optional<Entry> target = shared.view().find(to);
        if (target.isPresent() && !replace) {
            throw new ErrnoException(Errno.EEXIST, "the target exists");
        }
        if (from.equals(to)) {
            return Done.DONE;
        }
        if (target.isEmpty()) {
            writing.requireNameable(to);
        }
        try {
            if (source instanceof Collection) {
                renameTree(from, to, target);
            } else {
                renameFile(source, to, target);
            }
        } catch (StorageException e) {
            // it may have been done or not
            shared.metadata().forgetTree(from);
            shared.metadata().forgetTree(to);
            throw e;
        }
        return Done.DONE;
    }

    private void renameTree(StoragePath from, StoragePath to, Optional<Entry> target)
            throws StorageException, ErrnoException {
        if (to.isIn(from)) {
            throw new ErrnoException(Errno.EINVAL, "a directory cannot be moved into itself");
        }
        for (StagedFile inside : staging.below(from)) {
            writing.requireNameable(inside.path().moved(from, to));
        }
        Optional<Collection> replaced =
                target.filter(Collection.class::isInstance).map(Collection.class::cast);
        if (target.isPresent()) {
            if (replaced.isEmpty()) {
                throw new ErrnoException(Errno.ENOTDIR, "the target is not a directory");
            }
            names.requireNothingStaged(to);
            storage.deleteCollection(to); // NOT_EMPTY where it is not
        }
        try {
            staging.move(from, to, () -> storage.rename(from, to));
        } catch (StorageException e) {
            if (replaced.isPresent()) {
                makeAgain(replaced.get());
            }
            throw e;
        }
        settle(from, to, target);
    }

    private void makeAgain(Collection removed) throws StorageException {
        storage.createCollection(removed.path());
        if (removed.permissions().isPresent()) {
            storage.setPermissions(removed.path(), removed.permissions());
        }
    }

    private void renameFile(Entry source, StoragePath to, Optional<Entry> target)
            throws StorageException, ErrnoException {
        StoragePath from = source.path();
        if (target.isPresent() && target.get() instanceof Collection) {
            throw new ErrnoException(Errno.EISDIR, "the target is a directory");
        }
        Optional<StagedFile> moved = staging.at(from);
        boolean replaces = target.isPresent();
        if (replaces && moved.isPresent() && !moved.get().isInStorage()) {
            moved.get().synchronize(); // so that the target is replaced by what was written, in one step
        }
        Optional<StagedFile> replacedStaged = staging.at(to);
        boolean inStorage =
                replaces && (replacedStaged.isEmpty() || replacedStaged.get().isInStorage());
        Optional<Inode> gone = target.flatMap(entry -> shared.inodes().find(entry));
        Optional<StagedFile> kept = gone.isPresent() && replacedStaged.isEmpty()
                ? writing.fetchForOpenHandles(gone.get(), target.orElseThrow())
                : Optional.empty();
        replacedStaged.ifPresent(writing::fetchForOpenHandles);
        try {
            if (replacedStaged.isPresent() && !inStorage) {
                unlink(replacedStaged.get(), gone);
            }
            staging.move(from, to, () -> {
                if (moved.isEmpty() || moved.get().isInStorage()) {
                    if (inStorage) {
                        storage.replace(from, to);
                    } else {
                        storage.rename(from, to);
                    }
                    if (!from.parent().equals(to.parent())) {
                        moved.flatMap(StagedFile::storedTime).ifPresent(time -> keepTime(to, time));
                    }
                }
            });
        } catch (StorageException e) {
            kept.ifPresent(StagedFile::leave);
            throw e;
        }
        if (replacedStaged.isPresent() && inStorage) {
            unlink(replacedStaged.get(), gone);
        }
        if (kept.isPresent()) {
            staging.unlink(kept.get(), () -> {});
        }
        settle(from, to, target);
        kept.ifPresent(file -> gone.get().keep(file));
        follow(source, to);
    }

    /**
     * To a catalog a move into another collection is a change: the object gets a new time, and with it a new version. What
     * is being written was begun with the one before, so it gets its time back, as on a local disk; else its upload would
     * take it for a change of somebody else.
     */
    private void keepTime(StoragePath renamed, Instant time) {
        try {
            storage.touch(renamed, time);
        } catch (StorageException e) {
            log.warn("{} is renamed, but its time is now: its upload may ask a person: {}", renamed, e.getMessage());
        }
    }

    private void unlink(StagedFile file, Optional<Inode> inode) throws StorageException {
        inode.ifPresent(open -> NameOperations.keep(open, file));
        staging.unlink(file, () -> {});
    }

    /** From now on everybody knows the new place. */
    private void settle(StoragePath from, StoragePath to, Optional<Entry> target) {
        target.ifPresent(gone -> shared.inodes().find(gone).ifPresent(inode -> inode.remove(gone)));
        shared.inodes().moved(from, to);
        shared.metadata().forgetTree(to);
        shared.metadata().forgetTree(from);
        shared.metadata().removed(from);
        shared.blocks().moved(from, to);
    }

    /** A catalog may call the renamed object another version: who has it open goes on with that. */
    private void follow(Entry source, StoragePath to) throws StorageException {
        if (source instanceof DataObject before
                && before.id() > 0
                && staging.at(to).isEmpty()
                && shared.inodes().find(source).isPresent()
                && shared.metadata().stat(to).value() instanceof DataObject now
                && now.id() == before.id()
                && now.size() == before.size()) {
            shared.inodes().find(now).ifPresent(inode -> inode.becomes(before.version(), now));
        }
    }
}
