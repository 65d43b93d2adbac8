package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.block.BlockStore;
import org.omerods.fs.block.CacheMaintenance;
import org.omerods.fs.block.ContentListener;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.meta.SpaceCache;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.Space;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;

/**
 * A collection of a storage as a filesystem. Metadata are believed for a bounded time; bytes are cached by object
 * version, so that a handle reads the version it was opened with, or gets ESTALE. Thread-safe. It does not own the storage.
 */
public final class StorageFilesystem implements Filesystem, AutoCloseable {
    /** The unit of statfs: the kernel's page. */
    private static final int BLOCK_BYTES = 4096;

    /** A pebibyte. */
    private static final long UNKNOWN_BLOCKS = (1L << 50) / BLOCK_BYTES;

    private final Shared shared;
    private final SpaceCache space;
    private final NamespaceOperations namespace;
    private final DirectoryOperations directories;
    private final FileOperations files;
    private final ExtendedAttributeOperations extendedAttributes;

    /** Null where nothing can be changed. */
    private final @Nullable Changes changes;

    private StorageFilesystem(Shared shared, SpaceCache space, @Nullable Writing writing) {
        this.shared = shared;
        this.space = space;
        this.namespace = new NamespaceOperations(shared);
        this.directories = new DirectoryOperations(shared);
        this.files = new FileOperations(shared);
        this.extendedAttributes = new ExtendedAttributeOperations(shared, writing);
        this.changes = writing == null ? null : new Changes(shared, writing, files);
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
        return create(
                storage,
                root,
                config,
                ticker,
                listener -> BlockCache.open(storage, config.blocks(), config.prefetch(), listener, ticker));
    }

    /**
     * The same for one of several users, who share bytes and nothing else. It is closed before {@code bytes}.
     *
     * @param storage with the rights of the user
     * @param bytes used in place of the configuration's
     */
    public static StorageFilesystem createForUser(
            Storage storage, StoragePath root, FilesystemConfig config, Ticker ticker, BlockStore bytes)
            throws IOException {
        return create(storage, root, config, ticker, listener -> bytes.cacheOfUser(storage, listener));
    }

    /** Makes the cache of bytes. */
    @FunctionalInterface
    private interface Caching {
        BlockCache open(ContentListener listener) throws IOException;
    }

    private static StorageFilesystem create(
            Storage storage, StoragePath root, FilesystemConfig config, Ticker ticker, Caching caching)
            throws IOException {
        InodeTable inodes = new InodeTable(root);
        MetadataCache metadata = new MetadataCache(storage, config.metadata(), ticker);
        Guard guard = new Guard(ticker);
        ChangeWatch changes = new ChangeWatch(inodes, metadata);
        BlockCache blocks = caching.open(object -> {
            changes.stale(object);
            guard.later(() -> changes.tellKernelOfStale(object));
        });
        Optional<Staging> staging = Optional.empty();
        if (config.writing().isPresent()) {
            StagedWatch watch = new StagedWatch(inodes, metadata, changes, blocks, guard);
            try {
                staging = Optional.of(
                        Staging.open(storage, config.writing().get().staging(), watch, watch, InstantSource.system()));
            } catch (IOException e) {
                blocks.close();
                throw e;
            }
        }
        Shared shared = new Shared(
                config,
                inodes,
                metadata,
                new View(metadata, staging),
                blocks,
                changes,
                new Presenter(config.presentation(), config.writing().isPresent()),
                guard);
        Writing writing = staging.map(files -> new Writing(
                        storage,
                        files,
                        new WriteRights(storage, config.metadata().attributeTtl(), ticker),
                        metadata))
                .orElse(null);
        StorageFilesystem filesystem = new StorageFilesystem(shared, new SpaceCache(storage, ticker), writing);
        staging.ifPresent(Staging::start);
        return filesystem;
    }

    /** The files that are being written or wait to be uploaded; empty where nothing can be changed. */
    public Optional<Staging> staging() {
        return changes == null ? Optional.empty() : Optional.of(changes.staging());
    }

    @Override
    public void attach(KernelCache kernel) {
        shared.changes().attach(kernel);
    }

    /** For what a person asks of the cache of bytes. */
    public CacheMaintenance cache() {
        return shared.blocks().maintenance();
    }

    /** What was read and fetched so far. */
    public ReadStatistics statistics() {
        return new ReadStatistics(
                shared.blocks().statistics(),
                shared.blocks().prefetchStatistics(),
                shared.metadata().statistics());
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
        staging().ifPresent(Staging::close);
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

    private <T> void changing(Reply<T> reply, Consumer<Changes> operation) {
        if (changes == null) {
            reply.fail(Errno.EROFS);
        } else {
            operation.accept(changes);
        }
    }

    @Override
    public void create(
            Request request, long parent, String name, int flags, int permissions, Reply<CreatedFile> reply) {
        changing(reply, all -> all.create(request, new Place(parent, name), flags, permissions, reply));
    }

    @Override
    public void write(Request request, long handle, long offset, MemorySegment data, Reply<Integer> reply) {
        changing(reply, all -> all.writes().write(request, handle, offset, data, reply));
    }

    @Override
    public void flush(Request request, long handle, Reply<Done> reply) {
        if (changes == null) {
            reply.ok(Done.DONE);
        } else {
            changes.writes().synchronize(request, "flush", handle, reply);
        }
    }

    @Override
    public void synchronize(Request request, long handle, Reply<Done> reply) {
        if (changes == null) {
            reply.ok(Done.DONE);
        } else {
            changes.writes().synchronize(request, "fsync", handle, reply);
        }
    }

    @Override
    public void allocate(Request request, long handle, int mode, long offset, long length, Reply<Done> reply) {
        changing(reply, all -> all.writes().allocate(request, handle, mode, offset, length, reply));
    }

    @Override
    public void change(Request request, long inode, AttributeChange change, Reply<TimedAttributes> reply) {
        changing(reply, all -> all.attributes().change(request, inode, change, reply));
    }

    @Override
    public void makeDirectory(Request request, long parent, String name, int permissions, Reply<Child> reply) {
        changing(reply, all -> all.names().makeDirectory(request, new Place(parent, name), permissions, reply));
    }

    @Override
    public void removeFile(Request request, long parent, String name, Reply<Done> reply) {
        changing(reply, all -> all.names().removeFile(request, new Place(parent, name), reply));
    }

    @Override
    public void removeDirectory(Request request, long parent, String name, Reply<Done> reply) {
        changing(reply, all -> all.names().removeDirectory(request, new Place(parent, name), reply));
    }

    @Override
    public void rename(Request request, Place from, Place to, boolean replace, Reply<Done> reply) {
        changing(reply, all -> all.renames().rename(request, from, to, replace, reply));
    }

    @Override
    public void makeLink(Request request, long parent, String name, String target, Reply<Child> reply) {
        changing(reply, all -> all.names().makeLink(request, new Place(parent, name), target, reply));
    }

    @Override
    public void readLink(Request request, long inode, Reply<String> reply) {
        namespace.readLink(request, inode, reply);
    }

    @Override
    public void setExtendedAttribute(
            Request request, long inode, String name, byte[] value, ExtendedAttributeMode mode, Reply<Done> reply) {
        changing(reply, _ -> extendedAttributes.set(request, inode, name, value, mode, reply));
    }

    @Override
    public void removeExtendedAttribute(Request request, long inode, String name, Reply<Done> reply) {
        changing(reply, _ -> extendedAttributes.remove(request, inode, name, reply));
    }

    @Override
    public void statistics(Request request, Reply<FilesystemStatistics> reply) {
        shared.guard()
                .answer(
                        request,
                        "statfs",
                        shared.inodes().root(),
                        reply,
                        () -> space.spaceIfKnown().map(this::statisticsOf),
                        () -> statisticsOf(space.space()));
    }

    /**
     * Where the place does not tell: zeros, which df(1) understands as "no figures"; but for a mount that can be written
     * to, since programs that look whether there is room would find none, room without end.
     */
    private FilesystemStatistics statisticsOf(Space space) {
        boolean endless = changes != null && space.totalBytes() <= 0;
        return new FilesystemStatistics(
                BLOCK_BYTES,
                endless ? UNKNOWN_BLOCKS : Math.max(0, space.totalBytes()) / BLOCK_BYTES,
                endless ? UNKNOWN_BLOCKS : Math.max(0, space.freeBytes()) / BLOCK_BYTES,
                0,
                0,
                NamespaceOperations.MAX_NAME_BYTES);
    }
}
