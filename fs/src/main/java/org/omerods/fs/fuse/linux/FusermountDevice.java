package org.omerods.fs.fuse.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Lets fusermount3 mount, and takes the open /dev/fuse from it: the program passes the descriptor through a Unix socket
 * that it inherits (_FUSE_COMMFD, SCM_RIGHTS). Java's own way to start programs passes no descriptors, hence posix_spawn.
 */
public final class FusermountDevice {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    /** The number that the program sees its end of the socket under. */
    private static final int CHILD_SOCKET = 3;

    private static final int STDERR = 2;

    /** Twice sizeof(posix_spawn_file_actions_t) of glibc; musl's is smaller. */
    private static final int FILE_ACTIONS_BYTES = 160;

    private static final MethodHandle SOCKETPAIR =
            Downcall.withErrno("socketpair", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle RECVMSG =
            Downcall.withErrno("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SPAWN = Downcall.plain(
            "posix_spawn", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle ACTIONS_INIT =
            Downcall.plain("posix_spawn_file_actions_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle ACTIONS_DUP = Downcall.plain(
            "posix_spawn_file_actions_adddup2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACTIONS_DESTROY =
            Downcall.plain("posix_spawn_file_actions_destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle WAITPID =
            Downcall.withErrno("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private FusermountDevice() {}

    /**
     * The descriptor of /dev/fuse, mounted at {@code mountPoint}.
     *
     * @param options as fusermount's -o takes them
     * @throws IOException with what the program complained about
     */
    public static int mount(Fusermount fusermount, Path mountPoint, String options) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int[] socket = socketPair(arena);
            int[] complaints = socketPair(arena);
            int child;
            try {
                String[] command = {fusermount.program().toString(), "-o", options, "--", mountPoint.toString()};
                child = spawn(arena, command, socket[1], complaints[1]);
            } catch (IOException e) {
                Libc.close(socket[0]);
                Libc.close(complaints[0]);
                throw e;
            } finally {
                Libc.close(socket[1]);
                Libc.close(complaints[1]);
            }
            int fd = receiveDescriptor(arena, socket[0]);
            String complaint = readAll(arena, complaints[0]);
            waitFor(arena, child);
            if (fd < 0) {
                throw new IOException(complaint.isEmpty() ? "fusermount passed no descriptor" : complaint);
            }
            return fd;
        }
    }

    private static int[] socketPair(Arena arena) throws IOException {
        MemorySegment pair = arena.allocate(JAVA_INT, 2);
        MemorySegment state = arena.allocate(Libc.ERRNO_LAYOUT);
        try {
            if ((int) SOCKETPAIR.invokeExact(state, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) {
                throw new IOException("socketpair failed with " + LinuxErrno.describe(Libc.errno(state)));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Downcall.unexpected("socketpair", e);
        }
        return pair.toArray(JAVA_INT);
    }

    private static int spawn(Arena arena, String[] command, int socket, int complaints) throws IOException {
        MemorySegment actions = arena.allocate(FILE_ACTIONS_BYTES, Long.BYTES);
        MemorySegment pid = arena.allocate(JAVA_INT);
        try {
            check((int) ACTIONS_INIT.invokeExact(actions));
            // stderr first: it is never CHILD_SOCKET, while the socket may be where the pipe lay
            check((int) ACTIONS_DUP.invokeExact(actions, complaints, STDERR));
            check((int) ACTIONS_DUP.invokeExact(actions, socket, CHILD_SOCKET));
            MemorySegment arguments = pointers(arena, command);
            String[] environment = {"_FUSE_COMMFD=" + CHILD_SOCKET, "PATH=/usr/bin:/bin", "LC_ALL=C"};
            check((int) SPAWN.invokeExact(
                    pid,
                    arguments.get(ADDRESS, 0),
                    actions,
                    MemorySegment.NULL,
                    arguments,
                    pointers(arena, environment)));
            check((int) ACTIONS_DESTROY.invokeExact(actions));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Downcall.unexpected("posix_spawn", e);
        }
        return pid.get(JAVA_INT, 0);
    }

    private static void check(int error) throws IOException {
        if (error != 0) {
            throw new IOException("starting fusermount failed with " + LinuxErrno.describe(error));
        }
    }

    private static MemorySegment pointers(Arena arena, String[] strings) {
        MemorySegment array = arena.allocate(ADDRESS, strings.length + 1L); // the last stays null
        for (int i = 0; i < strings.length; i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(strings[i]));
        }
        return array;
    }

    /** The descriptor, or -1 when the program ended without passing one. Closes the socket. */
    private static int receiveDescriptor(Arena arena, int socket) {
        MemorySegment data = arena.allocate(8);
        MemorySegment vector = arena.allocate(16, Long.BYTES);
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, 8, 1);
        MemorySegment control = arena.allocate(64, Long.BYTES);
        MemorySegment message = arena.allocate(56, Long.BYTES); // struct msghdr
        message.set(ADDRESS, 16, vector);
        message.set(JAVA_LONG, 24, 1);
        message.set(ADDRESS, 32, control);
        message.set(JAVA_LONG, 40, control.byteSize());
        MemorySegment state = arena.allocate(Libc.ERRNO_LAYOUT);
        try {
            long received;
            do {
                received = (long) RECVMSG.invokeExact(state, socket, message, MSG_CMSG_CLOEXEC);
            } while (received < 0 && Libc.errno(state) == LinuxErrno.EINTR);
            // struct cmsghdr: length, level, type, then the descriptor
            boolean passed = received > 0
                    && message.get(JAVA_LONG, 40) >= 20
                    && control.get(JAVA_INT, 8) == SOL_SOCKET
                    && control.get(JAVA_INT, 12) == SCM_RIGHTS;
            return passed ? control.get(JAVA_INT, 16) : -1;
        } catch (Throwable e) {
            throw Downcall.unexpected("recvmsg", e);
        } finally {
            Libc.close(socket);
        }
    }

    /** What the program wrote, at most 4 KiB. Closes the descriptor. */
    private static String readAll(Arena arena, int fd) {
        MemorySegment buffer = arena.allocate(4096);
        MemorySegment state = arena.allocate(Libc.ERRNO_LAYOUT);
        long length = 0;
        long got;
        do {
            got = Libc.read(fd, buffer.asSlice(length), state);
            length += Math.max(got, 0);
        } while (got > 0 && length < buffer.byteSize());
        Libc.close(fd);
        return new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8).strip();
    }

    private static void waitFor(Arena arena, int child) {
        MemorySegment state = arena.allocate(Libc.ERRNO_LAYOUT);
        try {
            int result;
            do {
                result = (int) WAITPID.invokeExact(state, child, arena.allocate(JAVA_INT), 0);
            } while (result < 0 && Libc.errno(state) == LinuxErrno.EINTR);
        } catch (Throwable e) {
            throw Downcall.unexpected("waitpid", e);
        }
    }
}
