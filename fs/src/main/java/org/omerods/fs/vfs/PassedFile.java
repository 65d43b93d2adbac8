package org.omerods.fs.vfs;

import java.util.Optional;
import org.omerods.fs.block.CachedObject;
import org.omerods.fs.block.CompleteFile;
import org.omerods.storage.DataObject;

/**
 * A whole version in one block file that the kernel reads itself. While it is open nothing of the file is evicted: the
 * kernel would read the holes as zeros.
 */
record PassedFile(DataObject object, CompleteFile file, KernelCache.Backing backing) implements AutoCloseable {

    /**
     * Smaller files of a mount that can be written to are not passed through: while one is, nobody can open it for writing,
     * and logs and databases are small and are read and written at a time. Slides are large and written once.
     */
    static final long MIN_BYTES_WHERE_WRITABLE = 32L << 20;

    /** Decides how a handle goes that reads {@code opened}; offers the block file if that is possible and wanted. */
    static PageCacheState.Opened open(Inode inode, CachedObject opened, Shared shared) {
        PageCacheState pages = inode.pages();
        boolean suits = shared.config().writing().isEmpty() || opened.object().size() >= MIN_BYTES_WHERE_WRITABLE;
        Optional<PassedFile> offer =
                suits && pages.mayPass() ? offer(opened, shared.changes().kernel()) : Optional.empty();
        PageCacheState.Opened way = pages.opened(opened.object(), offer);
        offer.filter(file -> file.backing().number() != way.backing()).ifPresent(PassedFile::close);
        return way;
    }

    private static Optional<PassedFile> offer(CachedObject opened, KernelCache kernel) {
        Optional<CompleteFile> complete = kernel.passesThrough() ? opened.complete() : Optional.empty();
        if (complete.isEmpty()) {
            return Optional.empty();
        }
        CompleteFile file = complete.get();
        Optional<PassedFile> passed =
                kernel.backing(file.path()).map(backing -> new PassedFile(opened.object(), file, backing));
        if (passed.isEmpty()) {
            file.close();
        }
        return passed;
    }

    boolean isOf(DataObject other) {
        return object.version().equals(other.version());
    }

    @Override
    public void close() {
        backing.close();
        file.close();
    }
}
