package org.omerods.fs.block;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where fetched bytes are kept, and how many.
 *
 * @param directory belongs to one mount at a time, and outlives it
 * @param maxBytes budget of all block files together
 * @param blockBytes unit of fetching: ranges are rounded outwards to it. A power of two, 4 KiB or more
 * @param extentBytes unit of eviction, a multiple of {@code blockBytes}
 * @param maxFiles how many object versions have a block file at a time: each takes two descriptors and a mapping
 * @param verifyComplete whether whole objects are compared with the checksum of the catalog
 * @param origin whose view of which place the bytes are: what another origin left in the directory is removed
 */
public record BlockCacheConfig(
        Path directory,
        long maxBytes,
        int blockBytes,
        int extentBytes,
        int maxFiles,
        boolean verifyComplete,
        String origin) {

    /** Room for the hot part of some slides on any disk; a server with a data disk raises it. */
    public static final long DEFAULT_MAX_BYTES = 10L << 30;

    /** The page: a probe of 4 KiB then costs 4 KiB, and the kernel asks for whole pages anyway. */
    public static final int DEFAULT_BLOCK_BYTES = 4 << 10;

    /** The largest single fetch; smaller would cost more bookkeeping, larger would evict neighbours still in use. */
    public static final int DEFAULT_EXTENT_BYTES = 4 << 20;

    /** Far below the usual limits of 65,530 mappings and (since systemd 240) 524,288 descriptors. */
    public static final int DEFAULT_MAX_FILES = 4096;

    /** Holes are punched by whole pages: the smallest page of Linux. */
    private static final int MIN_BLOCK_BYTES = 4 << 10;

    public BlockCacheConfig {
        requireNonNull(directory, "directory");
        requireNonNull(origin, "origin");
        if (blockBytes < MIN_BLOCK_BYTES || Integer.bitCount(blockBytes) != 1) {
            throw new IllegalArgumentException(
                    "blockBytes " + blockBytes + ": must be a power of two, " + MIN_BLOCK_BYTES + " or more");
        }
        if (extentBytes < blockBytes || extentBytes % blockBytes != 0) {
            throw new IllegalArgumentException("extentBytes " + extentBytes + ": must be a multiple of " + blockBytes);
        }
        if (maxBytes < 0 || maxFiles < 1) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + ", maxFiles " + maxFiles);
        }
    }

    /** With checks, and the origin that has no name. */
    public BlockCacheConfig(Path directory, long maxBytes, int blockBytes, int extentBytes, int maxFiles) {
        this(directory, maxBytes, blockBytes, extentBytes, maxFiles, true, "");
    }

    /** All defaults but the place. */
    public static BlockCacheConfig in(Path directory) {
        return new BlockCacheConfig(
                directory, DEFAULT_MAX_BYTES, DEFAULT_BLOCK_BYTES, DEFAULT_EXTENT_BYTES, DEFAULT_MAX_FILES);
    }

    public BlockCacheConfig withMaxBytes(long bytes) {
        return new BlockCacheConfig(directory, bytes, blockBytes, extentBytes, maxFiles, verifyComplete, origin);
    }

    public BlockCacheConfig withOrigin(String whose) {
        return new BlockCacheConfig(directory, maxBytes, blockBytes, extentBytes, maxFiles, verifyComplete, whose);
    }

    public BlockCacheConfig withVerifyComplete(boolean verify) {
        return new BlockCacheConfig(directory, maxBytes, blockBytes, extentBytes, maxFiles, verify, origin);
    }
}
