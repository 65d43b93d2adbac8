package org.omerods.fs.fuse.dev;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.omerods.fs.fuse.linux.LinuxErrno;
import org.omerods.fs.vfs.KernelCache;
import org.omerods.storage.NameCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the kernel what to forget, from a thread of its own: the kernel takes the inode's lock for it, which a program may
 * hold that waits for an answer of ours. Thread-safe.
 */
final class KernelNotifications implements KernelCache {
    private static final Logger log = LoggerFactory.getLogger(KernelNotifications.class);

    /** A whole collection that changed at once; about 0.2 MiB. */
    private static final int QUEUE_LENGTH = 4096;
    /** A kernel that takes longer for 4096 notifications hangs on something else. */
    private static final long MAX_WAIT_MILLIS = 100;

    private static final int NOTIFY_INVAL_INODE = 2;
    private static final int NOTIFY_INVAL_ENTRY = 3;

    /** To forget: an inode's content, or the name in it when that is not empty. */
    private record Notice(long inode, String name) {}

    /** There is no inode 0. */
    private static final Notice END = new Notice(0, "");

    private final DeviceChannel channel;
    private final PassThrough passThrough;
    private final BlockingQueue<Notice> notices = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private volatile boolean stopped;
    private final ReplyBuffer buffer = new ReplyBuffer();
    private final Thread sender =
            Thread.ofPlatform().name("fuse-notify").daemon().unstarted(this::send);

    KernelNotifications(DeviceChannel channel, PassThrough passThrough) {
        this.channel = channel;
        this.passThrough = passThrough;
    }

    void start() {
        sender.start();
    }

    /** Ends the thread; what is queued is dropped. Waits for nothing. */
    void stop() {
        stopped = true;
        notices.clear();
        notices.offer(END);
    }

    @Override
    public void forgetContent(long inode) {
        enqueue(new Notice(inode, ""));
    }

    @Override
    public void forgetEntry(long parent, String name) {
        enqueue(new Notice(parent, name));
    }

    @Override
    public boolean passesThrough() {
        return passThrough.works();
    }

    @Override
    public Optional<Backing> backing(Path file) {
        return passThrough.open(file);
    }

    private void enqueue(Notice notice) {
        if (stopped) {
            return;
        }
        try {
            if (!notices.offer(notice, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                log.warn(
                        "the kernel was not told to forget {} within {} ms: its page cache may show old content",
                        notice,
                        MAX_WAIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("interrupted: the kernel was not told to forget {}", notice);
        }
    }

    private void send() {
        try {
            for (Notice notice = notices.take(); !notice.equals(END); notice = notices.take()) {
                long result = notice.name().isEmpty() ? sendContent(notice) : sendEntry(notice);
                // ENOENT: the kernel did not know it; ENOTDIR, ENOTEMPTY, EBUSY: it keeps what is in use
                if (result < 0) {
                    log.debug("{}: {}", notice, LinuxErrno.describe((int) result));
                }
            }
        } catch (InterruptedException e) {
            log.debug("told to end by an interrupt");
        }
    }

    /** struct fuse_notify_inval_inode_out; from 0, all. */
    private long sendContent(Notice notice) {
        MemorySegment out = buffer.body();
        out.set(JAVA_LONG, 0, notice.inode());
        out.set(JAVA_LONG, 8, 0);
        out.set(JAVA_LONG, 16, 0);
        return buffer.sendBody(channel, 0, NOTIFY_INVAL_INODE, 24);
    }

    /** struct fuse_notify_inval_entry_out, the name and a zero byte. */
    private long sendEntry(Notice notice) {
        byte[] name = NameCodec.encode(notice.name());
        if (name.length + 17 > ReplyBuffer.BODY_BYTES) {
            return -LinuxErrno.ENOENT; // the kernel holds no such name
        }
        MemorySegment out = buffer.body();
        out.set(JAVA_LONG, 0, notice.inode());
        out.set(JAVA_INT, 8, name.length);
        out.set(JAVA_INT, 12, 0);
        MemorySegment.copy(name, 0, out, JAVA_BYTE, 16, name.length);
        out.set(JAVA_BYTE, 16L + name.length, (byte) 0);
        return buffer.sendBody(channel, 0, NOTIFY_INVAL_ENTRY, 17 + name.length);
    }
}
