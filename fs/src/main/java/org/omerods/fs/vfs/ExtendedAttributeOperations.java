package org.omerods.fs.vfs;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.meta.Known;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.staging.StagedFile;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;

/** listxattr, getxattr, setxattr, removexattr. Thread-safe. */
final class ExtendedAttributeOperations {
    private final Shared shared;
    private final MetadataCache metadata;
    private final @Nullable Writing writing;

    /** @param writing null where nothing can be changed */
    ExtendedAttributeOperations(Shared shared, @Nullable Writing writing) {
        this.writing = writing;
        this.shared = shared;
        this.metadata = shared.metadata();
    }

    void list(Request request, long number, Reply<List<String>> reply) {
        shared.guard()
                .answer(
                        request,
                        "listxattr",
                        shared.inodes().nameOf(number),
                        reply,
                        () -> namesKnown(shared.inodes().get(number)),
                        () -> names(shared.inodes().get(number)));
    }

    void get(Request request, long number, String name, Reply<byte[]> reply) {
        shared.guard()
                .answer(
                        request,
                        "getxattr",
                        shared.inodes().nameOf(number),
                        reply,
                        () -> valueKnown(shared.inodes().get(number), name),
                        () -> value(shared.inodes().get(number), name));
    }

    void set(Request request, long number, String name, byte[] value, ExtendedAttributeMode mode, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        "setxattr",
                        shared.inodes().nameOf(number),
                        reply,
                        Optional::empty,
                        () -> change(shared.inodes().get(number), name, ExtendedAttributes.lines(value), mode));
    }

    void remove(Request request, long number, String name, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        "removexattr",
                        shared.inodes().nameOf(number),
                        reply,
                        Optional::empty,
                        () -> change(shared.inodes().get(number), name, List.of(), ExtendedAttributeMode.REPLACE));
    }

    private Done change(Inode inode, String name, List<String> lines, ExtendedAttributeMode mode)
            throws StorageException, ErrnoException {
        if (!name.startsWith(ExtendedAttributes.AVU_PREFIX)
                || name.length() == ExtendedAttributes.AVU_PREFIX.length()) {
            boolean fact = name.startsWith(ExtendedAttributes.PREFIX);
            throw new ErrnoException(
                    fact ? Errno.EPERM : Errno.EOPNOTSUPP,
                    "only " + ExtendedAttributes.AVU_PREFIX + "* can be set, as triples");
        }
        if (shared.inodes().root() != inode && inode.removed().isPresent()) {
            throw new ErrnoException(Errno.ESTALE, "its name is gone");
        }
        Optional<StagedFile> unborn = shared.view().staged(inode.path()).filter(file -> !file.isInStorage());
        if (unborn.isPresent()) {
            unborn.get().synchronize(); // triples need an object
        }
        AvuStore store = writing().storage().avus();
        List<Avu> present = store.list(inode.path());
        List<AvuStore.Operation> operations = ExtendedAttributes.operations(present, name, lines);
        boolean there = ExtendedAttributes.triples(present).containsKey(name);
        if (there && mode == ExtendedAttributeMode.CREATE) {
            throw new ErrnoException(Errno.EEXIST, name);
        }
        if (!there && mode == ExtendedAttributeMode.REPLACE) {
            throw new ErrnoException(Errno.ENODATA, name);
        }
        try {
            if (!operations.isEmpty()) {
                store.apply(inode.path(), operations);
            }
        } finally {
            metadata.invalidate(inode.path());
        }
        return Done.DONE;
    }

    private Writing writing() throws ErrnoException {
        Writing present = writing;
        if (present == null) {
            throw new ErrnoException(Errno.EROFS, "the mount is read-only");
        }
        return present;
    }

    /** The triples of what the storage does not have yet are none. */
    private Optional<Known<List<Avu>>> avusKnown(Inode inode) {
        return isUnborn(inode) ? Optional.of(metadata.known(List.of())) : metadata.avusIfKnown(inode.path());
    }

    private Known<List<Avu>> avus(Inode inode) throws StorageException {
        return isUnborn(inode) ? metadata.known(List.of()) : metadata.avus(inode.path());
    }

    private boolean isUnborn(Inode inode) {
        return shared.view()
                .staged(inode.path())
                .filter(file -> !file.isInStorage())
                .isPresent();
    }

    private Optional<List<String>> namesKnown(Inode inode) throws ErrnoException {
        Optional<Known<Entry>> entry = entryKnown(inode);
        Optional<Known<List<Avu>>> avus = avusKnown(inode);
        return entry.isPresent() && avus.isPresent()
                ? Optional.of(
                        ExtendedAttributes.names(entry.get().value(), avus.get().value()))
                : Optional.empty();
    }

    private List<String> names(Inode inode) throws StorageException, ErrnoException {
        return ExtendedAttributes.names(entry(inode).value(), avus(inode).value());
    }

    private Optional<byte[]> valueKnown(Inode inode, String name) throws ErrnoException {
        if (!name.startsWith(ExtendedAttributes.PREFIX)) {
            // Not worth a question: ls -l asks each file for its ACL, and the kernel each program for its capabilities.
            throw new ErrnoException(Errno.ENODATA, name);
        }
        if (name.startsWith(ExtendedAttributes.AVU_PREFIX)) {
            Optional<Known<List<Avu>>> avus = avusKnown(inode);
            return avus.isPresent() ? Optional.of(avuValue(avus.get(), name)) : Optional.empty();
        }
        Optional<Known<Entry>> entry = entryKnown(inode);
        return entry.isPresent() ? Optional.of(factValue(entry.get(), name)) : Optional.empty();
    }

    private byte[] value(Inode inode, String name) throws StorageException, ErrnoException {
        return name.startsWith(ExtendedAttributes.AVU_PREFIX)
                ? avuValue(avus(inode), name)
                : factValue(entry(inode), name);
    }

    private Optional<Known<Entry>> entryKnown(Inode inode) throws ErrnoException {
        Optional<Known<Entry>> known = shared.view().statIfKnown(inode.path());
        if (known.isPresent()) {
            shared.inodes().requireSame(inode, known.get().value());
        }
        return known;
    }

    private Known<Entry> entry(Inode inode) throws StorageException, ErrnoException {
        Known<Entry> known = shared.view().stat(inode.path());
        shared.inodes().requireSame(inode, known.value());
        return known;
    }

    private static byte[] avuValue(Known<List<Avu>> avus, String name) throws ErrnoException {
        return required(ExtendedAttributes.valueOf(ExtendedAttributes.triples(avus.value()), name), name);
    }

    private static byte[] factValue(Known<Entry> entry, String name) throws ErrnoException {
        return required(ExtendedAttributes.valueOf(ExtendedAttributes.facts(entry.value()), name), name);
    }

    private static byte[] required(Optional<byte[]> value, String name) throws ErrnoException {
        return value.orElseThrow(() -> new ErrnoException(Errno.ENODATA, name));
    }
}
