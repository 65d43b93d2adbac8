package org.omerods.fs.vfs;

import java.util.List;
import java.util.Optional;
import org.omerods.fs.meta.Known;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.storage.Avu;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;

/** listxattr and getxattr. Thread-safe. */
final class ExtendedAttributeOperations {
    private final Shared shared;
    private final MetadataCache metadata;

    ExtendedAttributeOperations(Shared shared) {
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

    private Optional<List<String>> namesKnown(Inode inode) throws ErrnoException {
        Optional<Known<Entry>> entry = entryKnown(inode);
        Optional<Known<List<Avu>>> avus = metadata.avusIfKnown(inode.path());
        return entry.isPresent() && avus.isPresent()
                ? Optional.of(
                        ExtendedAttributes.names(entry.get().value(), avus.get().value()))
                : Optional.empty();
    }

    private List<String> names(Inode inode) throws StorageException, ErrnoException {
        return ExtendedAttributes.names(
                entry(inode).value(), metadata.avus(inode.path()).value());
    }

    private Optional<byte[]> valueKnown(Inode inode, String name) throws ErrnoException {
        if (!name.startsWith(ExtendedAttributes.PREFIX)) {
            // Not worth a question: ls -l asks each file for its ACL, and the kernel each program for its capabilities.
            throw new ErrnoException(Errno.ENODATA, name);
        }
        if (name.startsWith(ExtendedAttributes.AVU_PREFIX)) {
            Optional<Known<List<Avu>>> avus = metadata.avusIfKnown(inode.path());
            return avus.isPresent() ? Optional.of(avuValue(avus.get(), name)) : Optional.empty();
        }
        Optional<Known<Entry>> entry = entryKnown(inode);
        return entry.isPresent() ? Optional.of(factValue(entry.get(), name)) : Optional.empty();
    }

    private byte[] value(Inode inode, String name) throws StorageException, ErrnoException {
        return name.startsWith(ExtendedAttributes.AVU_PREFIX)
                ? avuValue(metadata.avus(inode.path()), name)
                : factValue(entry(inode), name);
    }

    private Optional<Known<Entry>> entryKnown(Inode inode) throws ErrnoException {
        Optional<Known<Entry>> known = metadata.statIfKnown(inode.path());
        if (known.isPresent()) {
            shared.inodes().requireSame(inode, known.get().value());
        }
        return known;
    }

    private Known<Entry> entry(Inode inode) throws StorageException, ErrnoException {
        Known<Entry> known = metadata.stat(inode.path());
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
