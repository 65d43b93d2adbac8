package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;

/**
 * All that a {@link StorageFilesystem} can be told.
 *
 * @param writing absent for a filesystem that is only read
 */
public record FilesystemConfig(
        MetadataCacheConfig metadata,
        BlockCacheConfig blocks,
        PrefetchConfig prefetch,
        PresentationConfig presentation,
        Optional<WritingConfig> writing) {
    public FilesystemConfig {
        requireNonNull(metadata, "metadata");
        requireNonNull(blocks, "blocks");
        requireNonNull(prefetch, "prefetch");
        requireNonNull(presentation, "presentation");
        requireNonNull(writing, "writing");
    }

    /** A filesystem that refuses every change before anybody is asked. */
    public FilesystemConfig(
            MetadataCacheConfig metadata,
            BlockCacheConfig blocks,
            PrefetchConfig prefetch,
            PresentationConfig presentation) {
        this(metadata, blocks, prefetch, presentation, Optional.empty());
    }

    /** The same for a filesystem that can be written to. */
    public FilesystemConfig withWriting(WritingConfig config) {
        return new FilesystemConfig(metadata, blocks, prefetch, presentation, Optional.of(config));
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
