package org.omerods.fs.vfs;

import org.omerods.fs.block.BlockStatistics;
import org.omerods.fs.block.PrefetchStatistics;
import org.omerods.fs.meta.MetadataStatistics;

/** What a filesystem did since it was made. */
public record ReadStatistics(BlockStatistics blocks, PrefetchStatistics prefetch, MetadataStatistics metadata) {

    /** Bytes that programs read. */
    public long bytesAsked() {
        return blocks.bytesAsked();
    }

    /** Bytes that came from the storage for it, prefetch included. */
    public long bytesFetched() {
        return blocks.demandBytes() + blocks.prefetchBytes() + blocks.pastCacheBytes();
    }

    /** Questions to the storage of all kinds, but for the space. */
    public long storageCalls() {
        return blocks.storageReads()
                + blocks.verifications()
                + metadata.stats()
                + metadata.lists()
                + metadata.avuLists();
    }
}
