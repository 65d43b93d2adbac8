package org.omerods.fs.vfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;

/** A filesystem over a storage with a clock in hand, and what it told the kernel. */
final class Mounted implements AutoCloseable {
    final TestTicker ticker = new TestTicker();
    final List<String> told = new CopyOnWriteArrayList<>();
    final StorageFilesystem filesystem;
    final Client client;

    Mounted(Storage storage, FilesystemConfig config) throws IOException {
        this(storage, "/", config);
    }

    Mounted(Storage storage, String root, FilesystemConfig config) throws IOException {
        filesystem = StorageFilesystem.create(storage, new StoragePath(root), config, ticker);
        client = new Client(filesystem);
        filesystem.attach(new KernelCache() {
            @Override
            public void forgetContent(long inode) {
                told.add("content " + inode);
            }

            @Override
            public void forgetEntry(long parent, String name) {
                told.add("entry " + parent + " " + name);
            }
        });
    }

    /** Defaults, without prefetch, so that calls are predictable. */
    static FilesystemConfig config(Path directory) {
        return new FilesystemConfig(
                MetadataCacheConfig.DEFAULTS,
                BlockCacheConfig.in(directory),
                PrefetchConfig.OFF,
                new PresentationConfig(1001, 1002, 0444, 0555));
    }

    /** A cache of eight blocks, each evicted alone. */
    static FilesystemConfig tiny(Path directory, PrefetchConfig prefetch) {
        int block = 4096;
        return new FilesystemConfig(
                MetadataCacheConfig.DEFAULTS,
                new BlockCacheConfig(directory, 8L * block, block, block, 2),
                prefetch,
                new PresentationConfig(1001, 1002, 0444, 0555));
    }

    @Override
    public void close() {
        filesystem.close();
    }
}
