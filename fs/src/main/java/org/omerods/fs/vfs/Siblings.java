package org.omerods.fs.vfs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.meta.Directory;
import org.omerods.fs.meta.Known;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.plan.SiblingConfig;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StoragePath;

/**
 * Fetches the small files that a program will read next which reads a directory file by file: one at a time, each costs a
 * round trip or two, and nothing of a line's bandwidth. Only by listings that somebody asked for. Thread-safe; never blocks.
 */
final class Siblings {
    /** Directories that are read file by file at a time. */
    private static final int MAX_RUNS = 256;

    /** A few for each connection. */
    private static final int MAX_FETCHES = 32;

    private final SiblingConfig config;
    private final MetadataCache metadata;
    private final View view;
    private final BlockCache blocks;
    private final Guard guard;
    private final Cache<StoragePath, DirectoryRun> runs =
            Caffeine.newBuilder().maximumSize(MAX_RUNS).build();
    private final Semaphore fetches = new Semaphore(MAX_FETCHES, true);

    Siblings(MetadataCache metadata, View view, BlockCache blocks, Guard guard) {
        this.config = blocks.siblings();
        this.metadata = metadata;
        this.view = view;
        this.blocks = blocks;
        this.guard = guard;
    }

    /** A program read a range of a file at this path. */
    void read(StoragePath path, DataObject object, long end) {
        if (end < object.size() || object.size() > config.maxFileBytes()) {
            return;
        }
        StoragePath parent = path.parent();
        DirectoryRun run = runs.get(parent, _ -> new DirectoryRun(config));
        Optional<Known<Directory>> listing = metadata.listIfKnown(parent);
        if (listing.isPresent()) {
            follow(run, listing.get().value(), path);
        } else if (run.isRunning()) {
            metadata.listAhead(parent); // it takes longer to read than its listing is believed
        }
    }

    private void follow(DirectoryRun run, Directory directory, StoragePath path) {
        for (Entry wanted : run.read(directory, path.name())) {
            if (wanted instanceof DataObject object
                    && view.staged(object.path()).isEmpty()) {
                guard.later(() -> fetch(object));
            }
        }
    }

    private void fetch(DataObject object) {
        fetches.acquireUninterruptibly();
        try {
            blocks.fetchAhead(object);
        } finally {
            fetches.release();
        }
    }
}
