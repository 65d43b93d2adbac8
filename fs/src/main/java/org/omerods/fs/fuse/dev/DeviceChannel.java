package org.omerods.fs.fuse.dev;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;

/**
 * An open /dev/fuse. A request is answered on the channel that it was read from. Thread-safe: the descriptor is closed
 * when the last call on it has returned, so a late answer never goes to another file that got the same number.
 */
final class DeviceChannel {
    private final int fd;
    /** Calls under way, plus one until {@link #close}; the descriptor ends at 0. */
    private final AtomicInteger uses = new AtomicInteger(1);

    private final AtomicBoolean closed = new AtomicBoolean();

    DeviceChannel(int fd) {
        this.fd = fd;
    }

    /** For the mount options and ioctls while the session starts. */
    int fd() {
        return fd;
    }

    /** Waits for a request; its length, or a negative error number: -ENODEV when the mount ended. */
    long read(MemorySegment buffer, MemorySegment errnoState) {
        if (!acquire()) {
            return -LinuxErrno.ENODEV;
        }
        try {
            return Libc.read(fd, buffer, errnoState);
        } finally {
            release();
        }
    }

    /** Writes one answer or notification; a negative error number when the kernel did not take it. */
    long write(MemorySegment vectors, int count, MemorySegment errnoState) {
        if (!acquire()) {
            return -LinuxErrno.ENODEV;
        }
        try {
            return Libc.writev(fd, vectors, count, errnoState);
        } finally {
            release();
        }
    }

    /** A negative error number when the kernel refused it. */
    int ioctl(long request, MemorySegment argument) {
        if (!acquire()) {
            return -LinuxErrno.ENODEV;
        }
        try {
            return Libc.ioctl(fd, request, argument);
        } finally {
            release();
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    private boolean acquire() {
        while (true) {
            int now = uses.get();
            if (now == 0) {
                return false;
            }
            if (uses.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    private void release() {
        if (uses.decrementAndGet() == 0) {
            Libc.close(fd);
        }
    }
}
