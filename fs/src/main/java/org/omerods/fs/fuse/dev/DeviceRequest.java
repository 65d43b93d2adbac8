package org.omerods.fs.fuse.dev;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.fuse.linux.LinuxErrno;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of the kernel that waits for its answer. Thread-safe; answered once, further answers are refused. */
final class DeviceRequest implements Request {
    private static final Logger log = LoggerFactory.getLogger(DeviceRequest.class);

    private enum State {
        WAITING,
        SUCCEEDED,
        FAILED
    }

    private final Connection connection;
    private final DeviceChannel channel;
    private final Opcode opcode;
    private final long unique;
    private final long node;
    private final int uid;
    private final int gid;
    private final int pid;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /** Both guarded by this. */
    private @Nullable Runnable interruptAction;

    private boolean interrupted;

    DeviceRequest(Connection connection, DeviceChannel channel, Opcode opcode, Incoming incoming) {
        this.connection = connection;
        this.channel = channel;
        this.opcode = opcode;
        this.unique = incoming.unique();
        this.node = incoming.node();
        this.uid = incoming.uid();
        this.gid = incoming.gid();
        this.pid = incoming.pid();
    }

    Connection connection() {
        return connection;
    }

    Opcode opcode() {
        return opcode;
    }

    /** The inode it is about. */
    long node() {
        return node;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public void onInterrupt(Runnable action) {
        synchronized (this) {
            if (!interrupted) {
                interruptAction = action;
                return;
            }
        }
        action.run();
    }

    void interrupt() {
        @Nullable Runnable action;
        synchronized (this) {
            interrupted = true;
            action = interruptAction;
            interruptAction = null;
        }
        log.debug("{} interrupted", this);
        if (action != null) {
            action.run();
        }
    }

    /** Once the filesystem has returned without an answer: from now on an interrupt can find this request. */
    void awaitAnswer() {
        if (state.get() == State.WAITING) {
            connection.pending().add(unique, this);
            if (state.get() != State.WAITING) {
                connection.pending().remove(unique);
            }
        }
    }

    /** Takes the right to answer with success; false when it was answered before. */
    boolean claimSuccess() {
        return claim(State.SUCCEEDED);
    }

    /** Whether the answer was an error. */
    boolean failed() {
        return state.get() == State.FAILED;
    }

    private boolean claim(State outcome) {
        if (!state.compareAndSet(State.WAITING, outcome)) {
            return false;
        }
        connection.pending().remove(unique);
        return true;
    }

    /** Answers with an error unless it was answered before. */
    boolean fail(Errno errno) {
        return failWith(errno.number());
    }

    boolean failWith(int errno) {
        if (!claim(State.FAILED)) {
            return false;
        }
        log.debug("{}: errno {}", this, errno);
        sendStatus(-errno);
        return true;
    }

    /** Answers that it is done. */
    void done() {
        if (claimSuccess()) {
            sendStatus(0);
        }
    }

    /** Sends an error in place of a success that was claimed but could not be put into bytes. */
    void sendStatus(int error) {
        ReplyBuffer buffer = connection.buffers().take();
        try {
            delivered(buffer.sendStatus(channel, unique, error));
        } finally {
            connection.buffers().give(buffer);
        }
    }

    /** Sends a struct; the caller holds the claim. False when nobody waits for it any more. */
    <T> boolean sendStruct(StructEncoder<T> encoder, T value) {
        ReplyBuffer buffer = connection.buffers().take();
        try {
            int length = encoder.encode(buffer.body(), value);
            return delivered(buffer.sendBody(channel, unique, 0, length));
        } finally {
            connection.buffers().give(buffer);
        }
    }

    /** Sends bytes; the caller holds the claim. False when nobody waits for it any more. */
    boolean sendSegments(List<MemorySegment> segments, long length) {
        ReplyBuffer buffer = connection.buffers().take();
        try {
            return delivered(buffer.sendSegments(channel, unique, segments, length));
        } finally {
            connection.buffers().give(buffer);
        }
    }

    /** ENOENT says that the request was aborted meanwhile, ENODEV that the mount is gone: both are a normal end. */
    private boolean delivered(long result) {
        if (result >= 0) {
            return true;
        }
        if (result == -LinuxErrno.ENOENT || result == -LinuxErrno.ENODEV) {
            log.debug("{}: answered too late", this);
        } else {
            log.warn("{}: the kernel refused the answer with {}", this, LinuxErrno.describe((int) result));
        }
        return false;
    }

    @Override
    public String toString() {
        return opcode.label() + " of inode " + node + " for pid " + pid;
    }
}
