package org.omerods.fs.fuse.jnr;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.CreatedFile;
import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.Place;
import org.omerods.fs.vfs.Request;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/**
 * All that libfuse calls; here what changes names and content. A filesystem that only reads answers EROFS. Thread-safe.
 */
final class Callbacks extends AttributeCallbacks {
    private static final int FILE_TYPE = 0170000;
    private static final int REGULAR_FILE = 0100000;

    /** O_CREAT, O_EXCL and O_WRONLY of open(2). */
    private static final int CREATE_ONLY = 0301;

    Callbacks(Filesystem filesystem) {
        super(filesystem);
    }

    @Override
    public int create(String path, long mode, FuseFileInfo info) {
        return atPlace("create", path, (request, place) -> {
            CreatedFile created = create(request, place, info.flags.intValue(), mode);
            handles.created(created.file().handle(), inodeOf(created));
            tell(info, created.file());
            return 0;
        });
    }

    private CreatedFile create(Request request, Place place, int flags, long mode) throws RefusedException {
        int permissions = (int) mode & PERMISSIONS;
        return answers.of(
                reply -> filesystem.create(request, place.parent(), place.name(), flags, permissions, reply),
                this::takeBack);
    }

    private void takeBack(CreatedFile created) {
        filesystem.release(created.file().handle());
        takeBack(created.child());
    }

    private static long inodeOf(CreatedFile created) {
        return requireNonNull(created.child().attributes(), "attributes").inode();
    }

    /** mknod(2) of a regular file is a create that leaves nothing open; other kinds cannot be objects. */
    @Override
    public int mknod(String path, long mode, long device) {
        if ((mode & FILE_TYPE) != REGULAR_FILE) {
            return -Errno.EPERM.number();
        }
        return atPlace("mknod", path, (request, place) -> {
            CreatedFile created = create(request, place, CREATE_ONLY, mode);
            long handle = created.file().handle();
            handles.created(handle, inodeOf(created));
            try {
                return flush(request, handle);
            } finally {
                filesystem.release(handle);
                handles.closed(handle);
            }
        });
    }

    @Override
    public int write(@Nullable String path, Pointer buffer, long size, long offset, FuseFileInfo info) {
        return guarded("write", path, request -> {
            long handle = info.fh.longValue();
            MemorySegment data =
                    MemorySegment.ofAddress(buffer.address()).reinterpret(size).asReadOnly();
            return answers.<Integer>of(reply -> filesystem.write(request, handle, offset, data, reply));
        });
    }

    @Override
    public int flush(@Nullable String path, FuseFileInfo info) {
        return guarded("flush", path, request -> flush(request, info.fh.longValue()));
    }

    private int flush(Request request, long handle) throws RefusedException {
        answers.<Done>of(reply -> filesystem.flush(request, handle, reply));
        return 0;
    }

    @Override
    public int fsync(@Nullable String path, int dataOnly, FuseFileInfo info) {
        return guarded("fsync", path, request -> {
            answers.<Done>of(reply -> filesystem.synchronize(request, info.fh.longValue(), reply));
            return 0;
        });
    }

    @Override
    public int fallocate(@Nullable String path, int mode, long offset, long length, FuseFileInfo info) {
        return guarded("fallocate", path, request -> {
            answers.<Done>of(reply -> filesystem.allocate(request, info.fh.longValue(), mode, offset, length, reply));
            return 0;
        });
    }

    @Override
    public int mkdir(String path, long mode) {
        return atPlace("mkdir", path, (request, place) -> {
            int permissions = (int) mode & PERMISSIONS;
            takeBack(answers.<Child>of(
                    reply -> filesystem.makeDirectory(request, place.parent(), place.name(), permissions, reply),
                    this::takeBack));
            return 0;
        });
    }

    @Override
    public int unlink(String path) {
        return atPlace("unlink", path, (request, place) -> {
            answers.<Done>of(reply -> filesystem.removeFile(request, place.parent(), place.name(), reply));
            return 0;
        });
    }

    @Override
    public int rmdir(String path) {
        return atPlace("rmdir", path, (request, place) -> {
            answers.<Done>of(reply -> filesystem.removeDirectory(request, place.parent(), place.name(), reply));
            return 0;
        });
    }

    /** libfuse 2 knows no flags: a target that is there is replaced. */
    @Override
    public int rename(String from, String to) {
        return atPlace(
                "rename",
                from,
                (request, source) -> atPlace(request, to, (_, target) -> {
                    answers.<Done>of(reply -> filesystem.rename(request, source, target, true, reply));
                    return 0;
                }));
    }

    @Override
    public int symlink(String target, String path) {
        return atPlace("symlink", path, (request, place) -> {
            requireDecoded(target);
            takeBack(answers.<Child>of(
                    reply -> filesystem.makeLink(request, place.parent(), place.name(), target, reply),
                    this::takeBack));
            return 0;
        });
    }

    /** An object has one name. */
    @Override
    public int link(String existing, String path) {
        return -Errno.EOPNOTSUPP.number();
    }
}
