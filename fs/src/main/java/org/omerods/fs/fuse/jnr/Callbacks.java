package org.omerods.fs.fuse.jnr;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Struct;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.fuse.Guard;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.FilesystemStatistics;
import org.omerods.fs.vfs.OpenedDirectory;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.Request;
import org.omerods.fs.vfs.TimedAttributes;
import org.omerods.storage.NameCodec;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseContext;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;

/**
 * What libfuse calls: paths become inodes, each call is guarded because jnr-fuse swallows exceptions and answers 0, which a
 * reader takes for the end of the file. Writing calls are not here: the mount is read-only, the kernel refuses them.
 * Thread-safe.
 */
final class Callbacks extends FuseStubFS {
    /** Where struct fuse_file_info of libfuse 2.9 keeps its bits direct_io (1) and keep_cache (2). */
    private static final int FILE_INFO_BITS_OFFSET = 20;

    private static final int DIRECT_IO = 1;
    private static final int KEEP_CACHE = 2;

    private final Filesystem filesystem;
    private final OpenHandles handles;
    private final Answers answers = new Answers();
    private final Guard guard = new Guard();

    Callbacks(Filesystem filesystem) {
        this.filesystem = filesystem;
        this.handles = new OpenHandles(filesystem);
    }

    /** Something to do with the inode of a path. */
    @FunctionalInterface
    private interface InodeOperation {
        int run(Request request, PathWalk walk) throws RefusedException;
    }

    private int atPath(String operation, String path, InodeOperation body) {
        return guarded(operation, path, request -> {
            try (PathWalk walk = PathWalk.to(filesystem, answers, request, path)) {
                return body.run(request, walk);
            }
        });
    }

    /** Something to do for a caller. */
    @FunctionalInterface
    private interface CallerOperation {
        int run(Request request) throws RefusedException;
    }

    private int guarded(String operation, String path, CallerOperation body) {
        return guard.run(operation, path, () -> {
            try {
                return body.run(caller());
            } catch (RefusedException e) {
                return -e.errno().number();
            }
        });
    }

    private Request caller() {
        FuseContext context = getContext();
        return new CallerRequest(context.uid.intValue(), context.gid.intValue(), context.pid.intValue());
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
            OpenedFile file = answers.of(
                    reply -> filesystem.open(request, walk.inode(), info.flags.intValue(), reply),
                    late -> filesystem.release(late.handle()));
            remember(info, file.handle(), walk);
            Pointer memory = Struct.getMemory(info);
            int bits = file.direct() ? DIRECT_IO : file.keepPageCache() ? KEEP_CACHE : 0;
            memory.putInt(FILE_INFO_BITS_OFFSET, memory.getInt(FILE_INFO_BITS_OFFSET) | bits);
            return 0;
        });
    }

    private void remember(FuseFileInfo info, long handle, PathWalk walk) {
        handles.opened(handle, walk.inode());
        walk.keepInode();
        info.fh.set(handle);
    }

    @Override
    public int read(String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
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
    public int release(String path, FuseFileInfo info) {
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
            remember(info, directory.handle(), walk);
            return 0;
        });
    }

    @Override
    public int readdir(String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo info) {
        return guarded("readdir", path, request -> {
            try (FillerSink sink = new FillerSink(buffer, filler, path)) {
                answers.<Done>of(reply -> filesystem.readDirectory(request, info.fh.longValue(), offset, sink, reply));
                return 0;
            }
        });
    }

    @Override
    public int releasedir(String path, FuseFileInfo info) {
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

    /** Ends all waiting for the filesystem. */
    void abandon() {
        answers.abandon();
    }

    /** jnr-fuse's own hook at the JVM's end calls this; the mount is taken away by its owner. */
    @Override
    public void umount() {}
}
