package org.omerods.fs.vfs;

/** What statfs(2) tells, in blocks of {@code blockSize} bytes. */
public record FilesystemStatistics(
        int blockSize, long blocks, long freeBlocks, long files, long freeFiles, int maxNameBytes) {}
