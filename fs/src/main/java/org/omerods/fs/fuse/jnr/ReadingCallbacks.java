package org.omerods.fs.fuse.jnr;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.TimedAttributes;
import org.omerods.storage.NameCodec;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;

/** What libfuse calls when a program reads. Thread-safe. */
abstract class ReadingCallbacks extends PathCallbacks {
    /** O_WRONLY, O_RDWR and O_TRUNC of open(2). */
    private static final int CHANGING = 01003;

    ReadingCallbacks(Filesystem filesystem) {
        super(filesystem);
    }

    @Override
    public int getattr(String path, FileStat stat) {
        return atPath("getattr", path, (request, walk) -> {
            Structs.fill(
                    stat,
                    answers.<TimedAttributes>of(reply -> filesystem.attributes(request, walk.inode(), reply))
                            .attributes());
            return 0;
        });
    }

    @Override
    public int open(String path, FuseFileInfo info) {
        return atPath("open", path, (request, walk) -> {
            int flags = info.flags.intValue();
            if ((flags & CHANGING) != 0) {
                requireDecoded(path);
            }
            OpenedFile file = answers.of(
                    reply -> filesystem.open(request, walk.inode(), flags, reply),
                    late -> filesystem.release(late.handle()));
            handles.opened(file.handle(), walk.inode());
            tell(info, file);
            walk.keepInode();
            return 0;
        });
    }

    @Override
    public int fgetattr(@Nullable String path, FileStat stat, FuseFileInfo info) {
        return guarded("fgetattr", path, request -> {
            long inode = handles.inodeOf(info.fh.longValue());
            Structs.fill(
                    stat,
                    answers.<TimedAttributes>of(reply -> filesystem.attributes(request, inode, reply))
                            .attributes());
            return 0;
        });
    }

    @Override
    public int readlink(String path, Pointer out, long size) {
        return atPath("readlink", path, (request, walk) -> {
            byte[] target =
                    NameCodec.encode(answers.<String>of(reply -> filesystem.readLink(request, walk.inode(), reply)));
            int length = (int) Math.min(target.length, size - 1); // as readlink(2): cut without a word
            out.put(0, target, 0, length);
            out.putByte(length, (byte) 0);
            return 0;
        });
    }

    @Override
    public int read(@Nullable String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
        return guarded("read", path, request -> {
            ReadData data = answers.of(
                    reply -> filesystem.read(request, info.fh.longValue(), offset, Math.toIntExact(size), reply),
                    late -> late.release().run());
            try {
                MemorySegment out = MemorySegment.ofAddress(buffer.address()).reinterpret(size);
                long length = 0;
                for (MemorySegment segment : data.segments()) {
                    MemorySegment.copy(segment, 0, out, length, segment.byteSize());
                    length += segment.byteSize();
                }
                return Math.toIntExact(length);
            } finally {
                data.release().run();
            }
        });
    }

    @Override
    public int release(@Nullable String path, FuseFileInfo info) {
        return guarded("release", path, request -> {
            filesystem.release(info.fh.longValue());
            handles.closed(info.fh.longValue());
            return 0;
        });
    }

    @Override
    public int opendir(String path, FuseFileInfo info) {
        return atPath("opendir", path, (request, walk) -> {
            OpenedDirectory directory = answers.of(
                    reply -> filesystem.openDirectory(request, walk.inode(), reply),
                    late -> filesystem.releaseDirectory(late.handle()));
            handles.opened(directory.handle(), walk.inode());
            walk.keepInode();
            info.fh.set(directory.handle());
            return 0;
        });
    }

    @Override
    public int readdir(@Nullable String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo info) {
        return guarded("readdir", path, request -> {
            try (FillerSink sink = new FillerSink(buffer, filler, path)) {
                answers.<Done>of(reply -> filesystem.readDirectory(request, info.fh.longValue(), offset, sink, reply));
                return 0;
            }
        });
    }

    @Override
    public int releasedir(@Nullable String path, FuseFileInfo info) {
        return guarded("releasedir", path, request -> {
            filesystem.releaseDirectory(info.fh.longValue());
            handles.closed(info.fh.longValue());
            return 0;
        });
    }

    @Override
    public int statfs(String path, Statvfs out) {
        return guarded("statfs", path, request -> {
            Structs.fill(out, answers.<FilesystemStatistics>of(reply -> filesystem.statistics(request, reply)));
            return 0;
        });
    }

    @Override
    public int getxattr(String path, String name, Pointer value, long size) {
        if (name.startsWith("system.posix_acl_") || name.startsWith("security.")) {
            return -Errno.EOPNOTSUPP.number(); // asked by ls for each file, which it stops after this answer
        }
        return atPath("getxattr", path, (request, walk) -> {
            byte[] bytes = answers.of(reply -> filesystem.extendedAttribute(request, walk.inode(), name, reply));
            return give(bytes, value, size);
        });
    }

    @Override
    public int listxattr(String path, Pointer list, long size) {
        return atPath("listxattr", path, (request, walk) -> {
            List<String> names = answers.of(reply -> filesystem.extendedAttributes(request, walk.inode(), reply));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (String name : names) {
                bytes.writeBytes(NameCodec.encode(name));
                bytes.write(0);
            }
            return give(bytes.toByteArray(), list, size);
        });
    }

    /** The length when the caller has room for 0 bytes, else the bytes. */
    private static int give(byte[] bytes, @Nullable Pointer out, long room) {
        if (room == 0 || out == null) {
            return bytes.length;
        }
        if (bytes.length > room) {
            return -Errno.ERANGE.number();
        }
        out.put(0, bytes, 0, bytes.length);
        return bytes.length;
    }
}
