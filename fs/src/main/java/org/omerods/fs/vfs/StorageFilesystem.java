package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.util.List;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.meta.SpaceCache;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;

/**
 * A collection of a storage as a filesystem. Read-only. Metadata are believed for a bounded time; bytes are cached by object
 * version, so that a handle reads the version it was opened with, or gets ESTALE. Thread-safe. It does not own the storage.
 */
public final class StorageFilesystem implements Filesystem, AutoCloseable {
    /** The unit of statfs: the kernel's page. */
    private static final int BLOCK_BYTES = 4096;

    private final Shared shared;
    private final SpaceCache space;
    private final NamespaceOperations namespace;
    private final DirectoryOperations directories;
    private final FileOperations files;
    private final ExtendedAttributeOperations extendedAttributes;

    private StorageFilesystem(Shared shared, SpaceCache space) {
        this.shared = shared;
        this.space = space;
        this.namespace = new NamespaceOperations(shared);
        this.directories = new DirectoryOperations(shared);
        this.files = new FileOperations(shared);
        this.extendedAttributes = new ExtendedAttributeOperations(shared);
    }

    /**
     * Makes the filesystem; nothing is asked of the storage yet.
     *
     * @param root the collection that becomes the root directory
     * @param ticker the clock of all times to live, {@link Ticker#systemTicker()} outside tests
     * @throws IOException when the cache directory cannot be used; the message says why and what to do
     */
    public static StorageFilesystem create(Storage storage, StoragePath root, FilesystemConfig config, Ticker ticker)
            throws IOException {
        InodeTable inodes = new InodeTable(root);
        MetadataCache metadata = new MetadataCache(storage, config.metadata(), ticker);
        Guard guard = new Guard(ticker);
        ChangeWatch changes = new ChangeWatch(inodes, metadata);
        BlockCache blocks = BlockCache.open(
                storage,
                config.blocks(),
                config.prefetch(),
                object -> {
                    changes.stale(object);
                    guard.later(() -> changes.tellKernelOfStale(object));
                },
                ticker);
        Presenter presenter = new Presenter(config.presentation());
        return new StorageFilesystem(
                new Shared(config, inodes, metadata, blocks, changes, presenter, guard),
                new SpaceCache(storage, ticker));
    }

    @Override
    public void attach(KernelCache kernel) {
        shared.changes().attach(kernel);
    }

    /** What was read and fetched so far. */
    public ReadStatistics statistics() {
        return new ReadStatistics(
                shared.blocks().statistics(), shared.metadata().statistics());
    }

    /** Nothing that is known of a path is used any more: somebody knows that it changed. */
    public void invalidate(StoragePath path) {
        shared.changes().forget(path);
    }

    /** Fails what waits after a bounded time, closes all handles; the block files stay for the next start. Idempotent. */
    @Override
    public void close() {
        shared.guard().close();
        shared.metadata().close();
        files.releaseAll();
        shared.blocks().close();
    }

    @Override
    public void lookup(Request request, long parent, String name, Reply<Child> reply) {
        namespace.lookup(request, parent, name, reply);
    }

    @Override
    public void forget(long inode, long count) {
        shared.inodes().forget(inode, count);
    }

    @Override
    public void attributes(Request request, long inode, Reply<TimedAttributes> reply) {
        namespace.attributes(request, inode, reply);
    }

    @Override
    public void access(Request request, long inode, int mask, Reply<Done> reply) {
        namespace.access(request, inode, mask, reply);
    }

    @Override
    public void open(Request request, long inode, int flags, Reply<OpenedFile> reply) {
        files.open(request, inode, flags, reply);
    }

    @Override
    public void read(Request request, long handle, long offset, int size, Reply<ReadData> reply) {
        files.read(request, handle, offset, size, reply);
    }

    @Override
    public void release(long handle) {
        files.release(handle);
    }

    @Override
    public void openDirectory(Request request, long inode, Reply<OpenedDirectory> reply) {
        directories.open(request, inode, reply);
    }

    @Override
    public void readDirectory(Request request, long handle, long offset, DirectorySink sink, Reply<Done> reply) {
        directories.read(request, handle, offset, sink, reply);
    }

    @Override
    public void releaseDirectory(long handle) {
        directories.release(handle);
    }

    @Override
    public void extendedAttributes(Request request, long inode, Reply<List<String>> reply) {
        extendedAttributes.list(request, inode, reply);
    }

    @Override
    public void extendedAttribute(Request request, long inode, String name, Reply<byte[]> reply) {
        extendedAttributes.get(request, inode, name, reply);
    }

    @Override
    public void statistics(Request request, Reply<FilesystemStatistics> reply) {
        shared.guard()
                .answer(
                        request,
                        "statfs",
                        shared.inodes().root(),
                        reply,
                        () -> space.spaceIfKnown().map(StorageFilesystem::statisticsOf),
                        () -> statisticsOf(space.space()));
    }

    /** Zeros where the place does not tell, which df(1) understands as "no figures". */
    private static FilesystemStatistics statisticsOf(Space space) {
        return new FilesystemStatistics(
                BLOCK_BYTES,
                Math.max(0, space.totalBytes()) / BLOCK_BYTES,
                Math.max(0, space.freeBytes()) / BLOCK_BYTES,
                0,
                0,
                NamespaceOperations.MAX_NAME_BYTES);
    }
}
