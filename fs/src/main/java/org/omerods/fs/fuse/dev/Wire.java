package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.CreatedFile;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.TimedAttributes;

/**
 * Answers as the kernel reads them: the structs of linux/fuse.h, protocol 7.31 and later, in native byte order. Each
 * method fills all bytes of its struct at the start of {@code out} and returns their number.
 */
final class Wire {
    static final int OUT_HEADER_BYTES = 16;
    static final int ENTRY_BYTES = 128;
    static final int ATTR_OUT_BYTES = 104;
    static final int OPEN_BYTES = 16;
    static final int STATFS_BYTES = 80;
    static final int GETXATTR_BYTES = 8;
    static final int WRITE_BYTES = 8;
    static final int DIRENT_NAME_OFFSET = 24;

    static final int FOPEN_DIRECT_IO = 1;
    static final int FOPEN_KEEP_CACHE = 1 << 1;
    static final int FOPEN_CACHE_DIR = 1 << 3;
    static final int FOPEN_NOFLUSH = 1 << 5;
    static final int FOPEN_PASSTHROUGH = 1 << 7;

    /** st_blocks counts in these, whatever the block size. */
    private static final int STAT_BLOCK_BYTES = 512;
    /** st_blksize: programs that copy use it as their buffer. */
    private static final int PREFERRED_READ_BYTES = 1 << 17;

    private static final int ATTR_BYTES = 88;

    private Wire() {}

    /** struct fuse_out_header. {@code error} is 0 or negative; in a notification the positive code. */
    static void header(MemorySegment out, int length, int error, long unique) {
        out.set(JAVA_INT, 0, length);
        out.set(JAVA_INT, 4, error);
        out.set(JAVA_LONG, 8, unique);
    }

    /** struct fuse_entry_out. Node 0 says that there is no such child and how long to remember that. */
    static int entry(MemorySegment out, Child child) {
        @Nullable Attributes attributes = child.attributes();
        out.set(JAVA_LONG, 0, attributes == null ? 0 : attributes.inode());
        out.set(JAVA_LONG, 8, 0); // generation: inode numbers are never used again for another object
        out.set(JAVA_LONG, 16, child.entryTtl().toSeconds());
        out.set(JAVA_LONG, 24, child.attributeTtl().toSeconds());
        out.set(JAVA_INT, 32, child.entryTtl().toNanosPart());
        out.set(JAVA_INT, 36, child.attributeTtl().toNanosPart());
        if (attributes == null) {
            out.asSlice(40, ATTR_BYTES).fill((byte) 0);
        } else {
            attr(out.asSlice(40, ATTR_BYTES), attributes);
        }
        return ENTRY_BYTES;
    }

    /** struct fuse_entry_out of an entry that readdirplus tells nothing about. */
    static int noEntry(MemorySegment out) {
        return entry(out, Child.missing(Duration.ZERO));
    }

    /** struct fuse_attr_out. */
    static int attributes(MemorySegment out, TimedAttributes timed) {
        out.set(JAVA_LONG, 0, timed.ttl().toSeconds());
        out.set(JAVA_INT, 8, timed.ttl().toNanosPart());
        out.set(JAVA_INT, 12, 0);
        attr(out.asSlice(16, ATTR_BYTES), timed.attributes());
        return ATTR_OUT_BYTES;
    }

    private static void attr(MemorySegment out, Attributes attributes) {
        Instant modified = attributes.modified();
        long seconds = modified.getEpochSecond();
        int nanos = modified.getNano();
        out.set(JAVA_LONG, 0, attributes.inode());
        out.set(JAVA_LONG, 8, attributes.size());
        out.set(JAVA_LONG, 16, Math.ceilDiv(attributes.size(), STAT_BLOCK_BYTES));
        out.set(JAVA_LONG, 24, seconds);
        out.set(JAVA_LONG, 32, seconds);
        out.set(JAVA_LONG, 40, seconds);
        out.set(JAVA_INT, 48, nanos);
        out.set(JAVA_INT, 52, nanos);
        out.set(JAVA_INT, 56, nanos);
        out.set(JAVA_INT, 60, attributes.kind().modeBits() | (attributes.permissions() & 07777));
        out.set(JAVA_INT, 64, attributes.links());
        out.set(JAVA_INT, 68, attributes.uid());
        out.set(JAVA_INT, 72, attributes.gid());
        out.set(JAVA_INT, 76, 0); // rdev
        out.set(JAVA_INT, 80, PREFERRED_READ_BYTES);
        out.set(JAVA_INT, 84, 0); // flags
    }

    /** struct fuse_entry_out and struct fuse_open_out. */
    static int created(MemorySegment out, CreatedFile created) {
        entry(out, created.child());
        return ENTRY_BYTES + opened(out.asSlice(ENTRY_BYTES), created.file());
    }

    /** struct fuse_write_out. */
    static int written(MemorySegment out, int bytes) {
        out.set(JAVA_INT, 0, bytes);
        out.set(JAVA_INT, 4, 0);
        return WRITE_BYTES;
    }

    /** struct fuse_open_out of a file. A close of what is only read has nothing to flush: the kernel need not ask. */
    static int opened(MemorySegment out, OpenedFile file) {
        int flags = file.writable() ? 0 : FOPEN_NOFLUSH;
        if (file.backing() != 0) {
            flags |= FOPEN_PASSTHROUGH;
        } else if (file.direct()) {
            flags |= FOPEN_DIRECT_IO;
        } else if (file.keepPageCache()) {
            flags |= FOPEN_KEEP_CACHE;
        }
        return open(out, file.handle(), flags, file.backing());
    }

    /** struct fuse_open_out of a directory. Without KEEP_CACHE the kernel drops the listing at each open. */
    static int opened(MemorySegment out, OpenedDirectory directory) {
        return open(out, directory.handle(), directory.cacheable() ? FOPEN_CACHE_DIR | FOPEN_KEEP_CACHE : 0, 0);
    }

    private static int open(MemorySegment out, long handle, int flags, int backing) {
        out.set(JAVA_LONG, 0, handle);
        out.set(JAVA_INT, 8, flags);
        out.set(JAVA_INT, 12, backing);
        return OPEN_BYTES;
    }

    /** struct fuse_statfs_out. */
    static int statistics(MemorySegment out, FilesystemStatistics statistics) {
        out.asSlice(0, STATFS_BYTES).fill((byte) 0);
        out.set(JAVA_LONG, 0, statistics.blocks());
        out.set(JAVA_LONG, 8, statistics.freeBlocks());
        out.set(JAVA_LONG, 16, statistics.freeBlocks());
        out.set(JAVA_LONG, 24, statistics.files());
        out.set(JAVA_LONG, 32, statistics.freeFiles());
        out.set(JAVA_INT, 40, statistics.blockSize());
        out.set(JAVA_INT, 44, statistics.maxNameBytes());
        out.set(JAVA_INT, 48, statistics.blockSize());
        return STATFS_BYTES;
    }

    /** struct fuse_getxattr_out: how large the answer would be. */
    static int extendedAttributeSize(MemorySegment out, int size) {
        out.set(JAVA_INT, 0, size);
        out.set(JAVA_INT, 4, 0);
        return GETXATTR_BYTES;
    }

    /** struct fuse_dirent with its name, padded to 8 bytes. */
    static int directoryEntry(MemorySegment out, long inode, long nextOffset, int type, byte[] name) {
        int length = direntBytes(name.length);
        out.set(JAVA_LONG, 0, inode);
        out.set(JAVA_LONG, 8, nextOffset);
        out.set(JAVA_INT, 16, name.length);
        out.set(JAVA_INT, 20, type);
        MemorySegment.copy(name, 0, out, JAVA_BYTE, DIRENT_NAME_OFFSET, name.length);
        out.asSlice(DIRENT_NAME_OFFSET + name.length, length - DIRENT_NAME_OFFSET - name.length)
                .fill((byte) 0);
        return length;
    }

    /** Bytes of a dirent whose name has {@code nameBytes}. */
    static int direntBytes(int nameBytes) {
        return (DIRENT_NAME_OFFSET + nameBytes + 7) & ~7;
    }
}
