package org.omerods.fs.fuse.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * System calls by way of libc. Every method answers as the kernel does: a result of 0 or more, or the negative error
 * number. Thread-safe. The numbers of constants are those of x86-64 and aarch64.
 */
public final class Libc {
    public static final int O_RDONLY = 0;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;

    public static final int MS_RDONLY = 1;
    public static final int MS_NOSUID = 2;
    public static final int MS_NODEV = 4;

    /** umount2: break off requests that wait. */
    public static final int MNT_FORCE = 1;
    /** umount2: vanish now, end when the last user is gone. */
    public static final int MNT_DETACH = 2;
    /** umount2: do not follow a symbolic link in the last place. */
    public static final int UMOUNT_NOFOLLOW = 8;

    /** Size of the memory that {@link #read} and {@link #writev} leave errno in. */
    public static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

    /** Twice sizeof(struct statfs): 120 bytes on 64-bit Linux. */
    private static final long STATFS_BYTES = 240;

    private static final long ERRNO_OFFSET = ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle READ =
            Downcall.withErrno("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITEV =
            Downcall.withErrno("writev", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle OPEN = Downcall.withErrno(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = Downcall.withErrno("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL = Downcall.withErrno(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle ACCESS =
            Downcall.withErrno("access", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle STATFS =
            Downcall.withErrno("statfs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle MOUNT =
            Downcall.withErrno("mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle UMOUNT2 =
            Downcall.withErrno("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETEUID = Downcall.plain("geteuid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETEGID = Downcall.plain("getegid", FunctionDescriptor.of(JAVA_INT));

    private Libc() {}

    /** read(2); {@code state} is memory of {@link #ERRNO_LAYOUT} that no other thread uses. */
    public static long read(int fd, MemorySegment buffer, MemorySegment state) {
        try {
            long result = (long) READ.invokeExact(state, fd, buffer, buffer.byteSize());
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("read", e);
        }
    }

    /** writev(2); {@code state} is memory of {@link #ERRNO_LAYOUT} that no other thread uses. */
    public static long writev(int fd, MemorySegment vectors, int count, MemorySegment state) {
        try {
            long result = (long) WRITEV.invokeExact(state, fd, vectors, count);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("writev", e);
        }
    }

    public static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("open", e);
        }
    }

    public static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) CLOSE.invokeExact(state, fd);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("close", e);
        }
    }

    public static int ioctl(int fd, long request, MemorySegment argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) IOCTL.invokeExact(state, fd, request, argument);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("ioctl", e);
        }
    }

    /** access(2) with F_OK: 0 when the path answers. */
    public static int exists(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) ACCESS.invokeExact(state, arena.allocateFrom(path), 0);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("access", e);
        }
    }

    /** statfs(2) without its result: asks the filesystem itself, never the kernel's caches. */
    public static int statfs(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result =
                    (int) STATFS.invokeExact(state, arena.allocateFrom(path), arena.allocate(STATFS_BYTES, Long.BYTES));
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("statfs", e);
        }
    }

    public static int mount(String source, String target, String type, long flags, String data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) MOUNT.invokeExact(
                    state,
                    arena.allocateFrom(source),
                    arena.allocateFrom(target),
                    arena.allocateFrom(type),
                    flags,
                    arena.allocateFrom(data));
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("mount", e);
        }
    }

    public static int umount2(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_LAYOUT);
            int result = (int) UMOUNT2.invokeExact(state, arena.allocateFrom(target), flags);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw Downcall.unexpected("umount2", e);
        }
    }

    /** The user that this process acts as. */
    public static int effectiveUser() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable e) {
            throw Downcall.unexpected("geteuid", e);
        }
    }

    /** The group that this process acts as. */
    public static int effectiveGroup() {
        try {
            return (int) GETEGID.invokeExact();
        } catch (Throwable e) {
            throw Downcall.unexpected("getegid", e);
        }
    }

    static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO_OFFSET);
    }
}
