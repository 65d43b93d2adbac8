package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.omerods.fs.fuse.MountOptions;
import org.omerods.fs.fuse.ServedMount;
import org.omerods.fs.fuse.linux.DevFuse;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;
import org.omerods.fs.vfs.Filesystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read requests of one mount, from the handshake until the kernel ends it. Thread-safe.
 *
 * <p>Readers never block on the filesystem: it answers inline or hands the request on.
 */
final class DeviceSession implements ServedMount.Session {
    private static final Logger log = LoggerFactory.getLogger(DeviceSession.class);

    /** More than a few readers had no clear effect on throughput; with one, a slow inline answer delays all others. */
    private static final int MAX_READERS = 4;

    private static final int MIN_READERS = 2;

    /** The kernel refuses a buffer without room for the largest write and its headers. */
    private static final int READ_BUFFER_BYTES = InitHandshake.MAX_TRANSFER_BYTES + 4096;

    /** _IOR(229, 0, uint32_t). */
    private static final long FUSE_DEV_IOC_CLONE = 0x8004_e500L;

    private final Connection connection;
    private final Dispatcher dispatcher;
    private final KernelNotifications notifications;
    private final List<DeviceChannel> channels = new ArrayList<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    private DeviceSession(DeviceChannel first, Filesystem filesystem, boolean passThrough) {
        this.connection = Connection.to(filesystem);
        this.dispatcher = new Dispatcher(connection);
        this.notifications = new KernelNotifications(first, new PassThrough(first, passThrough));
        channels.add(first);
    }

    /**
     * Answers the kernel's first request on a device that was just mounted, and starts the readers.
     *
     * @throws IOException when the kernel is too old or ended the mount; the caller unmounts
     */
    static DeviceSession start(DeviceChannel device, Filesystem filesystem, MountOptions options) throws IOException {
        InitHandshake agreed = shakeHands(device, options);
        DeviceSession session = new DeviceSession(device, filesystem, agreed.has(InitHandshake.PASSTHROUGH));
        session.notifications.start();
        filesystem.attach(session.notifications);
        session.startReaders();
        return session;
    }

    private static InitHandshake shakeHands(DeviceChannel device, MountOptions options) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(READ_BUFFER_BYTES, 8);
            long length = device.read(buffer, arena.allocate(Libc.ERRNO_LAYOUT));
            if (length < 0) {
                throw new IOException(
                        "reading the first request of the kernel failed with " + LinuxErrno.describe((int) length));
            }
            Incoming request = new Incoming(buffer.asSlice(0, length));
            if (Opcode.of(request.opcode()) != Opcode.INIT) {
                throw new IOException("the kernel began with operation " + request.opcode() + " in place of INIT");
            }
            InitHandshake handshake = InitHandshake.answerTo(request, options);
            ReplyBuffer reply = new ReplyBuffer();
            long sent = reply.sendBody(device, request.unique(), 0, handshake.write(reply.body()));
            if (sent < 0) {
                throw new IOException("the kernel refused the handshake with " + LinuxErrno.describe((int) sent));
            }
            log.debug("kernel speaks FUSE 7.{}, agreed on {}", handshake.minor(), handshake);
            return handshake;
        }
    }

    private void startReaders() {
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), MIN_READERS, MAX_READERS);
        DeviceChannel first = channels.getFirst();
        while (channels.size() < count) {
            channels.add(cloneOf(first));
        }
        readers.set(count);
        for (int i = 0; i < count; i++) {
            DeviceChannel channel = channels.get(i);
            Thread.ofPlatform().name("fuse-reader-" + i).daemon().start(() -> serve(channel));
        }
    }

    /** A queue of its own for a reader; the shared one where /dev/fuse cannot be opened (it is root's). */
    private static DeviceChannel cloneOf(DeviceChannel first) {
        int fd = Libc.open(DevFuse.PATH, Libc.O_RDWR | Libc.O_CLOEXEC);
        if (fd < 0) {
            return first;
        }
        try (Arena arena = Arena.ofConfined()) {
            int result = Libc.ioctl(fd, FUSE_DEV_IOC_CLONE, arena.allocateFrom(JAVA_INT, first.fd()));
            if (result >= 0) {
                return new DeviceChannel(fd);
            }
            log.debug("readers share one queue: clone failed with {}", LinuxErrno.describe(result));
        }
        Libc.close(fd);
        return first;
    }

    private void serve(DeviceChannel channel) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(READ_BUFFER_BYTES, 8);
            MemorySegment errnoState = arena.allocate(Libc.ERRNO_LAYOUT);
            long length = channel.read(buffer, errnoState);
            while (goesOn(length)) {
                if (length > 0) {
                    dispatcher.dispatch(channel, new Incoming(buffer.asSlice(0, length)));
                }
                length = channel.read(buffer, errnoState);
            }
        } catch (RuntimeException | Error e) {
            log.error("{} ends", Thread.currentThread().getName(), e);
        } finally {
            if (readers.decrementAndGet() == 0) {
                end();
            }
        }
    }

    private static boolean goesOn(long length) {
        if (length >= 0
                || length == -LinuxErrno.EINTR
                || length == -LinuxErrno.EAGAIN
                || length == -LinuxErrno.ENOENT) {
            return true; // ENOENT: the request was withdrawn before it was read
        }
        if (length != -LinuxErrno.ENODEV && length != -LinuxErrno.ECONNABORTED) {
            log.error("reading from {} failed with {}", DevFuse.PATH, LinuxErrno.describe((int) length));
        }
        return false;
    }

    private void end() {
        notifications.stop();
        channels.forEach(DeviceChannel::close);
        ended.countDown();
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }
}
