package org.omerods.fs.vfs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Collection;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Making and removing names: mkdir, unlink, rmdir, symlink. The catalog has each when it is answered. Thread-safe. */
final class NameOperations {
    private static final Logger log = LoggerFactory.getLogger(NameOperations.class);

    private final Shared shared;
    private final Writing writing;
    private final OwnershipChanges ownership;
    private final Storage storage;
    private final Staging staging;

    NameOperations(Shared shared, Writing writing, OwnershipChanges ownership) {
        this.shared = shared;
        this.writing = writing;
        this.ownership = ownership;
        this.storage = writing.storage();
        this.staging = writing.staging();
    }

    void makeDirectory(Request request, Place place, int permissions, Reply<Child> reply) {
        OptionalInt kept = ownership == OwnershipChanges.KEEP
                ? shared.config().presentation().toBeKeptOfDirectory(permissions)
                : OptionalInt.empty();
        shared.guard().answer(request, "mkdir", place, reply, Optional::empty, () -> {
            StoragePath path = pathOf(place);
            requireFree(path);
            return changing(path, () -> {
                storage.createCollection(path);
                Child child = shown(keep(storage.stat(path), kept));
                shared.metadata().madeEmpty(path);
                return child;
            });
        });
    }

    /** The collection is there by now: that it does not get its permissions is no reason to say that it is not. */
    private Entry keep(Entry made, OptionalInt permissions) {
        try {
            return permissions.isEmpty() ? made : writing.keep(made, permissions);
        } catch (StorageException e) {
            log.warn("{} does not get the permissions that it was made with: {}", made.path(), e.getMessage());
            return made;
        }
    }

    void makeLink(Request request, Place place, String target, Reply<Child> reply) {
        shared.guard().answer(request, "symlink", place, reply, Optional::empty, () -> {
            StoragePath path = pathOf(place);
            requireFree(path);
            return changing(path, () -> shown(storage.createLink(path, target)));
        });
    }

    void removeFile(Request request, Place place, Reply<Done> reply) {
        shared.guard().answer(request, "unlink", place, reply, Optional::empty, () -> removeFile(pathOf(place)));
    }

    void removeDirectory(Request request, Place place, Reply<Done> reply) {
        shared.guard().answer(request, "rmdir", place, reply, Optional::empty, () -> removeDirectory(pathOf(place)));
    }

    private Done removeFile(StoragePath path) throws StorageException, ErrnoException {
        Entry entry = shared.view().find(path).orElseThrow(() -> new ErrnoException(Errno.ENOENT, "no such entry"));
        if (entry instanceof Collection) {
            throw new ErrnoException(Errno.EISDIR, "a directory");
        }
        return changing(path, () -> {
            Optional<Inode> inode = shared.inodes().find(entry);
            Optional<StagedFile> staged = staging.at(path);
            if (staged.isPresent()) {
                StagedFile file = staged.get();
                writing.fetchForOpenHandles(file);
                staging.unlink(file, () -> {
                    if (file.isInStorage()) {
                        delete(path);
                    }
                });
                inode.ifPresent(gone -> keep(gone, file));
            } else {
                removeObject(inode, entry);
            }
            inode.ifPresent(gone -> gone.remove(entry));
            shared.metadata().removed(path);
            return Done.DONE;
        });
    }

    /** Who reads it goes on when the last who writes it has closed it. */
    static void keep(Inode inode, StagedFile file) {
        if (file.use()) {
            inode.keep(file);
        }
    }

    private void removeObject(Optional<Inode> inode, Entry entry) throws StorageException {
        StoragePath path = entry.path();
        Optional<StagedFile> kept =
                inode.isPresent() ? writing.fetchForOpenHandles(inode.get(), entry) : Optional.empty();
        if (kept.isEmpty()) {
            storage.deleteObject(path);
            return;
        }
        try {
            staging.unlink(kept.get(), () -> delete(path));
        } catch (StorageException e) {
            kept.get().leave();
            throw e;
        }
        inode.get().keep(kept.get());
    }

    /** It is no error when somebody else removed it meanwhile: it is gone, as was asked. */
    private void delete(StoragePath path) throws StorageException {
        try {
            storage.deleteObject(path);
        } catch (StorageException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Done removeDirectory(StoragePath path) throws StorageException, ErrnoException {
        requireNothingStaged(path);
        return changing(path, () -> {
            Optional<Inode> inode = shared.view()
                    .statIfKnown(path)
                    .flatMap(known -> shared.inodes().find(known.value()));
            storage.deleteCollection(path);
            inode.ifPresent(gone ->
                    gone.remove(shared.view().statIfKnown(path).orElseThrow().value()));
            shared.metadata().removed(path);
            return Done.DONE;
        });
    }

    /** @throws ErrnoException ENOTEMPTY, or ENOTDIR for a file that is being written itself */
    void requireNothingStaged(StoragePath path) throws ErrnoException {
        if (staging.at(path).isPresent()) {
            throw new ErrnoException(Errno.ENOTDIR, "not a directory");
        }
        List<StagedFile> inside = staging.below(path);
        if (!inside.isEmpty()) {
            throw new ErrnoException(Errno.ENOTEMPTY, inside.getFirst() + " is being written");
        }
    }

    private StoragePath pathOf(Place place) throws ErrnoException {
        return NamespaceOperations.pathOf(shared.inodes(), place.parent(), place.name());
    }

    /** @throws ErrnoException EEXIST, ENAMETOOLONG */
    private void requireFree(StoragePath path) throws StorageException, ErrnoException {
        if (shared.view().find(path).isPresent()) {
            throw new ErrnoException(Errno.EEXIST, "it exists");
        }
        writing.requireNameable(path);
    }

    private Child shown(Entry entry) {
        shared.metadata().changed(entry);
        Inode inode = shared.reference(entry);
        var known = shared.metadata().known(entry);
        return new Child(
                shared.show(inode, entry),
                shared.view().remaining(known),
                shared.view().remaining(known));
    }

    /** A step in the catalog. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws StorageException, ErrnoException;
    }

    /** When a change fails it may have been done or not: nothing that is known of the path is believed then. */
    private <T> T changing(StoragePath path, Step<T> step) throws StorageException, ErrnoException {
        try {
            return step.run();
        } catch (StorageException e) {
            shared.metadata().invalidate(path);
            throw e;
        }
    }
}
