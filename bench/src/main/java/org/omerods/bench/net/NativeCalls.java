package org.omerods.bench.net;

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
 * The few system calls of the forwarder that the JDK has no words for. Each answers as the kernel does: 0 or more, or the
 * negative error number. Thread-safe; {@code state} is memory of {@link #ERRNO} that belongs to one thread.
 */
final class NativeCalls {
    static final int EAGAIN = 11;
    static final int EINTR = 4;

    /** Where a call leaves its error number. */
    static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();

    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final short POLLIN = 1;

    private static final int PR_SET_TIMERSLACK = 29;
    private static final long ERRNO_OFFSET = ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN =
            handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle IOCTL = handle(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle PRCTL = handle(
            "prctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    private NativeCalls() {}

    private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = java.util.Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO);
            int result = (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(ERRNO), fd);
            assert ignored <= 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int read(int fd, MemorySegment target, MemorySegment state) {
        try {
            long result = (long) READ.invokeExact(state, fd, target, target.byteSize());
            return result < 0 ? -errno(state) : (int) result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int write(int fd, MemorySegment source, MemorySegment state) {
        try {
            long result = (long) WRITE.invokeExact(state, fd, source, source.byteSize());
            return result < 0 ? -errno(state) : (int) result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO);
            int result = (int) IOCTL.invokeExact(state, fd, request, argument);
            return result < 0 ? -errno(state) : result;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Waits until {@code fd}, which stands in {@code pollfd}, can be read, or until the time is over. */
    static void awaitReadable(MemorySegment pollfd, int millis, MemorySegment state) {
        try {
            int ignored = (int) POLL.invokeExact(state, pollfd, 1L, millis);
            assert ignored <= 1;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How late the kernel may wake this thread; 50 microseconds otherwise, half of a short round trip. */
    static void setTimerSlack(long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) PRCTL.invokeExact(arena.allocate(ERRNO), PR_SET_TIMERSLACK, nanos, 0L, 0L, 0L);
            assert ignored <= 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO_OFFSET);
    }

    /** A call by FFM throws nothing of its own; what comes out is ours, or the JVM's. */
    private static RuntimeException unexpected(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }
}
