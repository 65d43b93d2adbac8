package org.omerods.fs.fuse;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.Reply;
import org.omerods.fs.vfs.Request;

/** A file or a directory. */
final class FakeNode {
    final long inode;
    final boolean directory;
    volatile MemorySegment content;
    final Map<String, FakeNode> children = new LinkedHashMap<>();
    final Map<String, byte[]> extended = new TreeMap<>();
    volatile @Nullable ReadAction read;
    volatile boolean keepCache = true;
    volatile boolean direct;
    volatile int permissions;

    FakeNode(long inode, boolean directory, MemorySegment content) {
        this.inode = inode;
        this.directory = directory;
        this.content = content;
        this.permissions = directory ? 0555 : 0444;
    }

    /** What a read of a node does in place of answering with its content. */
    @FunctionalInterface
    interface ReadAction {
        void read(Request request, long offset, int size, Reply<ReadData> reply);
    }
}
