package org.omerods.fs.vfs;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.omerods.fs.meta.Known;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** open(2) with O_CREAT. Thread-safe. */
final class CreateOperation {
    private final Shared shared;
    private final Writing writing;
    private final OwnershipChanges ownership;
    private final FileOperations files;

    CreateOperation(Shared shared, Writing writing, OwnershipChanges ownership, FileOperations files) {
        this.shared = shared;
        this.writing = writing;
        this.ownership = ownership;
        this.files = files;
    }

    void create(Request request, Place place, int flags, int permissions, Reply<CreatedFile> reply) {
        OptionalInt kept = ownership == OwnershipChanges.KEEP
                ? shared.config().presentation().toBeKeptOfFile(permissions)
                : OptionalInt.empty();
        shared.guard().answer(request, "create", place, reply, Optional::empty, () -> create(place, flags, kept));
    }

    private CreatedFile create(Place place, int flags, OptionalInt permissions)
            throws StorageException, ErrnoException {
        StoragePath path = NamespaceOperations.pathOf(shared.inodes(), place.parent(), place.name());
        while (true) {
            Optional<Entry> present = shared.view().find(path);
            if (present.isPresent()) {
                return openPresent(present.get(), flags);
            }
            writing.requireNameable(path);
            Optional<Known<Entry>> parent = shared.view().statIfKnown(path.parent());
            if (parent.isPresent()) {
                writing.rights().require(parent.get().value());
            }
            Optional<StagedFile> created = writing.staging().create(path, permissions);
            if (created.isPresent()) {
                return opened(created.get(), flags);
            }
        }
    }

    private CreatedFile openPresent(Entry entry, int flags) throws StorageException, ErrnoException {
        if (OpenFlags.isExclusive(flags)) {
            throw new ErrnoException(Errno.EEXIST, "it exists");
        }
        Inode inode = shared.reference(entry);
        try {
            if (inode.kind() != FileKind.FILE) {
                throw new ErrnoException(inode.isDirectory() ? Errno.EISDIR : Errno.EEXIST, "not a file");
            }
            OpenedFile file = files.open(inode, flags);
            Entry now = inode.staged().<Entry>map(StagedFile::entry).orElse(entry);
            return new CreatedFile(child(inode, now), file);
        } catch (StorageException | ErrnoException e) {
            shared.inodes().forget(inode.number(), 1);
            throw e;
        }
    }

    private CreatedFile opened(StagedFile file, int flags) throws ErrnoException {
        Entry entry = file.entry();
        Inode inode = shared.reference(entry);
        inode.attach(file);
        try {
            files.handles().reserve();
        } catch (ErrnoException e) {
            shared.inodes().forget(inode.number(), 1);
            writing.giveUp(file);
            throw e;
        }
        return new CreatedFile(child(inode, entry), files.opened(inode, file, flags));
    }

    /** The kernel asks again each time: size and time change with every write. */
    private Child child(Inode inode, Entry entry) {
        return new Child(shared.show(inode, entry), Duration.ZERO, Duration.ZERO);
    }
}
