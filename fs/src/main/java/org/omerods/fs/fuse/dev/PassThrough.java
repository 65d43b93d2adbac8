package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;
import org.omerods.fs.vfs.KernelCache.Backing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers local files that the kernel reads itself in place of asking (Linux 6.9, FUSE_PASSTHROUGH). Takes CAP_SYS_ADMIN;
 * without it the kernel goes on asking. Thread-safe.
 */
final class PassThrough {
    private static final Logger log = LoggerFactory.getLogger(PassThrough.class);

    /** _IOW(229, 1, struct fuse_backing_map). */
    private static final long FUSE_DEV_IOC_BACKING_OPEN = 0x4010_e501L;

    /** _IOW(229, 2, uint32_t). */
    private static final long FUSE_DEV_IOC_BACKING_CLOSE = 0x4004_e502L;

    /** sizeof(struct fuse_backing_map): descriptor, flags, padding. */
    private static final int MAP_BYTES = 16;

    private final DeviceChannel channel;
    /** Off after the first refusal: what is missing is a right or a kind of filesystem, and neither comes later. */
    private final AtomicBoolean works;

    /** @param agreed whether the kernel agreed to it in the handshake */
    PassThrough(DeviceChannel channel, boolean agreed) {
        this.channel = channel;
        this.works = new AtomicBoolean(agreed);
    }

    boolean works() {
        return works.get();
    }

    Optional<Backing> open(Path file) {
        int fd = works() ? Libc.open(file.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC) : -LinuxErrno.ENODEV;
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            int number = register(fd);
            if (number <= 0) {
                refused(file, number);
                return Optional.empty();
            }
            return Optional.of(new Registered(channel, number));
        } finally {
            Libc.close(fd); // the kernel holds the file by itself
        }
    }

    private int register(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(MAP_BYTES, Long.BYTES);
            map.set(JAVA_INT, 0, fd);
            return channel.ioctl(FUSE_DEV_IOC_BACKING_OPEN, map);
        }
    }

    private void refused(Path file, int result) {
        if (result != -LinuxErrno.ENODEV && works.compareAndSet(true, false)) {
            log.info(
                    "complete files are read through this process, not past it: the kernel refused {} with {}",
                    file,
                    LinuxErrno.describe(result));
        }
    }

    private record Registered(DeviceChannel channel, int number) implements Backing {
        @Override
        public void close() {
            try (Arena arena = Arena.ofConfined()) {
                int result = channel.ioctl(FUSE_DEV_IOC_BACKING_CLOSE, arena.allocateFrom(JAVA_INT, number));
                if (result < 0) {
                    log.debug("backing file {}: {}", number, LinuxErrno.describe(result)); // it goes with the mount
                }
            }
        }
    }
}
