package org.omerods.fs.fuse.jnr;

import java.time.Instant;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.FilesystemStatistics;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/** Values into the structs of libfuse. */
final class Structs {
    private static final int STAT_BLOCK_BYTES = 512;
    private static final int PREFERRED_READ_BYTES = 1 << 17;

    private Structs() {}

    static void fill(FileStat stat, Attributes attributes) {
        Instant modified = attributes.modified();
        stat.st_ino.set(attributes.inode());
        stat.st_mode.set(attributes.kind().modeBits() | (attributes.permissions() & 07777));
        stat.st_nlink.set(attributes.links());
        stat.st_uid.set(attributes.uid());
        stat.st_gid.set(attributes.gid());
        stat.st_size.set(attributes.size());
        stat.st_blksize.set(PREFERRED_READ_BYTES);
        stat.st_blocks.set(Math.ceilDiv(attributes.size(), STAT_BLOCK_BYTES));
        for (Timespec time : new Timespec[] {stat.st_atim, stat.st_mtim, stat.st_ctim}) {
            time.tv_sec.set(modified.getEpochSecond());
            time.tv_nsec.set(modified.getNano());
        }
    }

    static void fill(Statvfs out, FilesystemStatistics statistics) {
        out.f_bsize.set(statistics.blockSize());
        out.f_frsize.set(statistics.blockSize());
        out.f_blocks.set(statistics.blocks());
        out.f_bfree.set(statistics.freeBlocks());
        out.f_bavail.set(statistics.freeBlocks());
        out.f_files.set(statistics.files());
        out.f_ffree.set(statistics.freeFiles());
        out.f_favail.set(statistics.freeFiles());
        out.f_namemax.set(statistics.maxNameBytes());
    }
}
