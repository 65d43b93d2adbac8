package org.omerods.fs.vfs;

import java.time.Duration;
import java.util.Optional;
import org.omerods.fs.meta.Known;
import org.omerods.storage.Entry;
import org.omerods.storage.NameCodec;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Names and attributes: lookup, getattr, access, readlink. Thread-safe. */
final class NamespaceOperations {
    /** NAME_MAX: what the C library has room for in a directory entry. */
    static final int MAX_NAME_BYTES = 255;

    private static final int W_OK = 2;
    private static final int X_OK = 1;

    private final Shared shared;
    private final InodeTable inodes;
    private final View view;

    NamespaceOperations(Shared shared) {
        this.shared = shared;
        this.inodes = shared.inodes();
        this.view = shared.view();
    }

    void lookup(Request request, long parent, String name, Reply<Child> reply) {
        Object subject = new Named(parent, name);
        shared.guard()
                .answer(
                        request,
                        "lookup",
                        subject,
                        reply,
                        () -> lookupKnown(pathOf(parent, name)),
                        () -> lookup(pathOf(parent, name)));
    }

    void attributes(Request request, long number, Reply<TimedAttributes> reply) {
        shared.guard()
                .answer(
                        request,
                        "getattr",
                        inodes.nameOf(number),
                        reply,
                        () -> attributesKnown(inodes.get(number)),
                        () -> attributes(inodes.get(number)));
    }

    void access(Request request, long number, int mask, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        "access",
                        inodes.nameOf(number),
                        reply,
                        () -> Optional.of(access(inodes.get(number), mask)),
                        () -> Done.DONE);
    }

    void readLink(Request request, long number, Reply<String> reply) {
        shared.guard()
                .answer(
                        request,
                        "readlink",
                        inodes.nameOf(number),
                        reply,
                        () -> targetKnown(inodes.get(number)),
                        () -> target(inodes.get(number)));
    }

    private Optional<String> targetKnown(Inode inode) throws ErrnoException {
        Optional<Known<Entry>> known = view.statIfKnown(inode.path());
        return known.isPresent() ? Optional.of(targetOf(inode, known.get().value())) : Optional.empty();
    }

    private String target(Inode inode) throws StorageException, ErrnoException {
        return targetOf(inode, view.stat(inode.path()).value());
    }

    private String targetOf(Inode inode, Entry entry) throws ErrnoException {
        inodes.requireSame(inode, entry);
        if (entry instanceof SymbolicLink link) {
            return link.target();
        }
        throw new ErrnoException(Errno.EINVAL, "not a symbolic link");
    }

    private Optional<Child> lookupKnown(StoragePath path) throws ErrnoException {
        Optional<Known<Entry>> known = view.statIfKnown(path);
        if (known.isPresent()) {
            return Optional.of(present(known.get()));
        }
        return view.isKnownAbsent(path) ? Optional.of(missing()) : Optional.empty();
    }

    private Child lookup(StoragePath path) throws StorageException, ErrnoException {
        try {
            return present(view.stat(path));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return missing();
            }
            throw e;
        }
    }

    private Child present(Known<Entry> known) {
        Inode inode = shared.reference(known.value());
        Attributes attributes = shared.show(inode, known.value());
        Duration ttl = view.remaining(known);
        return new Child(attributes, ttl, ttl);
    }

    private Child missing() throws ErrnoException {
        Duration ttl = shared.config().metadata().negativeTtl();
        if (ttl.isZero()) {
            throw new ErrnoException(Errno.ENOENT, "no such entry");
        }
        return Child.missing(ttl);
    }

    private Optional<TimedAttributes> attributesKnown(Inode inode) throws ErrnoException {
        Optional<TimedAttributes> own = shared.ownAttributes(inode);
        if (own.isPresent()) {
            return own;
        }
        Optional<Known<Entry>> known = view.statIfKnown(inode.path());
        return known.isPresent() ? Optional.of(timed(inode, known.get())) : Optional.empty();
    }

    private TimedAttributes attributes(Inode inode) throws StorageException, ErrnoException {
        try {
            return timed(inode, view.stat(inode.path()));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND && inode != inodes.root()) {
                // The kernel answers ESTALE with a new lookup of the path, and that one says ENOENT or finds the new
                // place.
                throw new ErrnoException(Errno.ESTALE, "it is gone from where it was");
            }
            throw e;
        }
    }

    private TimedAttributes timed(Inode inode, Known<Entry> known) throws ErrnoException {
        inodes.requireSame(inode, known.value());
        return new TimedAttributes(shared.show(inode, known.value()), view.remaining(known));
    }

    private Done access(Inode inode, int mask) throws ErrnoException {
        if ((mask & W_OK) != 0 && shared.config().writing().isEmpty()) {
            throw new ErrnoException(Errno.EROFS, "the mount is read-only");
        }
        int permissions = permissions(inode);
        if ((mask & W_OK) != 0 && (permissions & 0222) == 0) {
            throw new ErrnoException(Errno.EACCES, "the modes of this mount let nobody write");
        }
        if ((mask & X_OK) != 0 && (permissions & 0111) == 0) {
            throw new ErrnoException(Errno.EACCES, "a file whose mode has no x is no program");
        }
        return Done.DONE;
    }

    /** As they were shown; where nothing is known any more, those of all. */
    private int permissions(Inode inode) throws ErrnoException {
        Optional<TimedAttributes> known = attributesKnown(inode);
        if (known.isPresent()) {
            return known.get().attributes().permissions();
        }
        PresentationConfig all = shared.config().presentation();
        return inode.isDirectory() ? all.directoryPermissions() : all.filePermissions();
    }

    /** Whether the kernel cannot carry a name; most are so short that nobody has to count. */
    static boolean isTooLong(String name) {
        return name.length() * 3 > MAX_NAME_BYTES && NameCodec.encode(name).length > MAX_NAME_BYTES;
    }

    /** @throws ErrnoException for a name that cannot be one */
    private StoragePath pathOf(long parent, String name) throws ErrnoException {
        return pathOf(inodes, parent, name);
    }

    /** @throws ErrnoException for a name that cannot be one */
    static StoragePath pathOf(InodeTable inodes, long parent, String name) throws ErrnoException {
        StoragePath directory = inodes.getDirectory(parent).path();
        if (isTooLong(name)) {
            throw new ErrnoException(Errno.ENAMETOOLONG, "a name of more than " + MAX_NAME_BYTES + " bytes");
        }
        return switch (name) {
            case "." -> directory;
            case ".." -> inodes.parentOf(directory);
            default -> {
                String problem = StoragePath.problemOf(name);
                if (!problem.isEmpty()) {
                    throw new ErrnoException(Errno.ENOENT, problem);
                }
                yield directory.child(name);
            }
        };
    }

    /** A child that may not exist, for the log alone. */
    private record Named(long parent, String name) {
        @Override
        public String toString() {
            return name + " in inode " + parent;
        }
    }
}
