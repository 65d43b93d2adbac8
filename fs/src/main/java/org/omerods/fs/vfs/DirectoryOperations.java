package org.omerods.fs.vfs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.omerods.fs.meta.Directory;
import org.omerods.fs.meta.Known;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opening and reading directories. Thread-safe. */
final class DirectoryOperations {
    private static final Logger log = LoggerFactory.getLogger(DirectoryOperations.class);

    /** Offsets 1 and 2 stand behind {@code .} and {@code ..}. */
    private static final int DOTS = 2;

    private final Shared shared;
    private final HandleTable<DirectoryHandle> handles = new HandleTable<>(HandleTable.MAX_HANDLES);

    DirectoryOperations(Shared shared) {
        this.shared = shared;
    }

    void open(Request request, long number, Reply<OpenedDirectory> reply) {
        shared.guard()
                .answer(
                        request,
                        "opendir",
                        shared.inodes().nameOf(number),
                        reply,
                        () -> Optional.of(open(number)),
                        () -> open(number));
    }

    void read(Request request, long handle, long offset, DirectorySink sink, Reply<Done> reply) {
        shared.guard()
                .answer(
                        request,
                        "readdir",
                        handles.nameOf(handle),
                        reply,
                        () -> readKnown(handles.get(handle), offset, sink),
                        () -> read(handles.get(handle), offset, sink));
    }

    void release(long handle) {
        handles.remove(handle);
    }

    private OpenedDirectory open(long number) throws ErrnoException {
        Inode inode = shared.inodes().getDirectory(number);
        handles.reserve();
        // The kernel may not keep the listing: an iRODS collection's time does not tell of every change below it.
        return new OpenedDirectory(handles.put(new DirectoryHandle(inode)), false);
    }

    private Optional<Done> readKnown(DirectoryHandle handle, long offset, DirectorySink sink) {
        Optional<Known<Directory>> listing =
                offset == 0 ? shared.view().listIfKnown(handle.inode().path()) : handle.listing();
        return listing.map(known -> fill(handle, known, offset, sink));
    }

    private Done read(DirectoryHandle handle, long offset, DirectorySink sink) throws StorageException {
        return fill(handle, shared.view().list(handle.inode().path()), offset, sink);
    }

    private Done fill(DirectoryHandle handle, Known<Directory> listing, long offset, DirectorySink sink) {
        handle.keep(listing);
        if (!offerDots(handle, offset, sink)) {
            return Done.DONE;
        }
        List<Entry> entries = listing.value().entries();
        Duration ttl = shared.metadata().remaining(listing);
        for (int i = (int) Math.max(0, offset - DOTS); i < entries.size(); i++) {
            if (!offer(entries.get(i), i + DOTS + 1L, ttl, sink)) {
                return Done.DONE;
            }
        }
        return Done.DONE;
    }

    private boolean offerDots(DirectoryHandle handle, long offset, DirectorySink sink) {
        StoragePath parent = shared.inodes().parentOf(handle.inode().path());
        long above = shared.metadata()
                .statIfKnown(parent)
                .map(known -> shared.inodes().numberOf(known.value()))
                .orElse(handle.inode().number());
        return (offset > 0 || offerDot(".", 1, handle.inode().number(), sink))
                && (offset > 1 || offerDot("..", DOTS, above, sink));
    }

    private boolean offerDot(String name, long nextOffset, long number, DirectorySink sink) {
        Attributes attributes = shared.presenter().dots(number);
        return sink.offer(name, nextOffset, new Child(attributes, Duration.ZERO, Duration.ZERO));
    }

    private boolean offer(Entry entry, long nextOffset, Duration ttl, DirectorySink sink) {
        String name = entry.path().name();
        if (NamespaceOperations.isTooLong(name)) {
            log.debug(
                    "Not shown, its name has more than {} bytes: {}", NamespaceOperations.MAX_NAME_BYTES, entry.path());
            return true;
        }
        if (!sink.withAttributes()) {
            Attributes attributes =
                    shared.presenter().attributes(shared.inodes().numberOf(entry), entry);
            return sink.offer(name, nextOffset, new Child(attributes, Duration.ZERO, Duration.ZERO));
        }
        Inode inode = shared.reference(entry);
        Duration believed = inode.staged().isPresent() ? Duration.ZERO : ttl;
        boolean taken = sink.offer(name, nextOffset, new Child(shared.show(inode, entry), believed, believed));
        if (!taken) {
            shared.inodes().forget(inode.number(), 1);
        }
        return taken;
    }
}
