package org.omerods.fs.fuse.jnr;

import jnr.ffi.Pointer;
import jnr.ffi.Struct;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.fuse.Guard;
import org.omerods.fs.vfs.Attributes;
import org.omerods.fs.vfs.Child;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Filesystem;
import org.omerods.fs.vfs.OpenedFile;
import org.omerods.fs.vfs.Place;
import org.omerods.fs.vfs.Request;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FuseContext;
import ru.serce.jnrfuse.struct.FuseFileInfo;

/**
 * How a call of libfuse with a path becomes one of the filesystem with inodes. Each call is guarded, because jnr-fuse
 * swallows exceptions and answers 0, which a reader takes for the end of the file and a writer for success. Thread-safe.
 */
abstract class PathCallbacks extends FuseStubFS {
    /** Where struct fuse_file_info of libfuse 2.9 keeps its bits direct_io (1) and keep_cache (2). */
    private static final int FILE_INFO_BITS_OFFSET = 20;

    private static final int DIRECT_IO = 1;
    private static final int KEEP_CACHE = 2;

    /** Where struct fuse_operations of libfuse 2.9 keeps its bits: behind 38 functions. jnr-fuse has no access to them. */
    private static final int OPERATIONS_BITS_OFFSET = 38 * Long.BYTES;

    /** A file that is open and has no name any more is called with its handle and no path, in place of ENOENT. */
    private static final int NULL_PATH_OK = 1;
    /** utimens is told which of the two times is meant; without, libfuse drops a call for one of them. */
    private static final int UTIME_OMIT_OK = 4;

    /** What jnr makes of bytes that are not UTF-8. */
    private static final char UNDECODABLE = '\uFFFD';

    final Filesystem filesystem;
    final OpenHandles handles;
    final Answers answers = new Answers();
    private final Guard guard = new Guard();

    PathCallbacks(Filesystem filesystem) {
        this.filesystem = filesystem;
        this.handles = new OpenHandles(filesystem);
        Struct.getMemory(fuseOperations).putInt(OPERATIONS_BITS_OFFSET, NULL_PATH_OK | UTIME_OMIT_OK);
    }

    /** Something to do with the inode of a path. */
    @FunctionalInterface
    interface InodeOperation {
        int run(Request request, PathWalk walk) throws RefusedException;
    }

    /** Something to do with a name in a directory. */
    @FunctionalInterface
    interface PlaceOperation {
        int run(Request request, Place place) throws RefusedException;
    }

    /** Something to do for a caller. */
    @FunctionalInterface
    interface CallerOperation {
        int run(Request request) throws RefusedException;
    }

    final int atPath(String operation, String path, InodeOperation body) {
        return guarded(operation, path, request -> {
            try (PathWalk walk = PathWalk.to(filesystem, answers, request, path)) {
                return body.run(request, walk);
            }
        });
    }

    /** Walks to the directory of {@code path} and leaves its last name to {@code body}, which changes it. */
    final int atPlace(String operation, String path, PlaceOperation body) {
        return guarded(operation, path, request -> atPlace(request, path, body));
    }

    final int atPlace(Request request, String path, PlaceOperation body) throws RefusedException {
        requireDecoded(path);
        int slash = path.lastIndexOf('/');
        try (PathWalk walk = PathWalk.to(filesystem, answers, request, path.substring(0, slash))) {
            return body.run(request, new Place(walk.inode(), path.substring(slash + 1)));
        }
    }

    /**
     * Refuses, by EINVAL, text that stands for bytes that are not known any more: nothing is changed under a name that may
     * be another's.
     */
    static void requireDecoded(String text) throws RefusedException {
        if (text.indexOf(UNDECODABLE) >= 0) {
            throw new RefusedException(Errno.EINVAL);
        }
    }

    /** {@code path} is null for an open file whose name was removed. */
    final int guarded(String operation, @Nullable String path, CallerOperation body) {
        return guard.run(operation, path == null ? "of a file without a name" : path, () -> {
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

    /** Tells libfuse the handle, and how the kernel may cache. */
    static void tell(FuseFileInfo info, OpenedFile file) {
        info.fh.set(file.handle());
        Pointer memory = Struct.getMemory(info);
        int bits = file.direct() ? DIRECT_IO : file.keepPageCache() ? KEEP_CACHE : 0;
        memory.putInt(FILE_INFO_BITS_OFFSET, memory.getInt(FILE_INFO_BITS_OFFSET) | bits);
    }

    /** Gives back the reference that comes with a child. */
    final void takeBack(Child child) {
        @Nullable Attributes attributes = child.attributes();
        if (attributes != null) {
            filesystem.forget(attributes.inode(), 1);
        }
    }

    /** Ends all waiting for the filesystem. */
    final void abandon() {
        answers.abandon();
    }

    /** jnr-fuse's own hook at the JVM's end calls this; the mount is taken away by its owner. */
    @Override
    public final void umount() {}
}
