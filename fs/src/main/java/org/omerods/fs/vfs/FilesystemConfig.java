package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;

/** All that a {@link StorageFilesystem} can be told. */
public record FilesystemConfig(
        MetadataCacheConfig metadata,
        BlockCacheConfig blocks,
        PrefetchConfig prefetch,
        PresentationConfig presentation) {
    public FilesystemConfig {
        requireNonNull(metadata, "metadata");
        requireNonNull(blocks, "blocks");
        requireNonNull(prefetch, "prefetch");
        requireNonNull(presentation, "presentation");
    }

    /** All defaults but the place of the block files. */
    public static FilesystemConfig in(Path cacheDirectory) {
        return new FilesystemConfig(
                MetadataCacheConfig.DEFAULTS,
                BlockCacheConfig.in(cacheDirectory),
                PrefetchConfig.DEFAULTS,
                PresentationConfig.ofThisProcess());
    }
}
