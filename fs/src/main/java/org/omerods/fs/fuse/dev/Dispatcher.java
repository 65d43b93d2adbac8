package org.omerods.fs.fuse.dev;

import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of each request of the kernel. Thread-safe. */
final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final Connection connection;
    private final FilesystemCalls calls;
    private final ChangingCalls changes;

    Dispatcher(Connection connection) {
        this.connection = connection;
        this.calls = new FilesystemCalls(connection.filesystem());
        this.changes = new ChangingCalls(connection.filesystem());
    }

    /** Handles one request that was read from {@code channel}. Returns soon, never throws. */
    void dispatch(DeviceChannel channel, Incoming incoming) {
        Opcode opcode = Opcode.of(incoming.opcode());
        DeviceRequest request = new DeviceRequest(connection, channel, opcode, incoming);
        int result = connection.guard().run(opcode.label(), request, () -> {
            handle(request, incoming);
            return 0;
        });
        if (result != 0 && opcode.isAnswered()) {
            request.failWith(-result);
        }
    }

    private void handle(DeviceRequest request, Incoming in) {
        switch (request.opcode()) {
            case LOOKUP -> calls.lookup(request, in);
            case FORGET -> calls.forget(in);
            case BATCH_FORGET -> calls.forgetMany(in);
            case GETATTR -> calls.attributes(request);
            case ACCESS -> calls.access(request, in);
            case STATFS -> calls.statistics(request);
            case GETXATTR -> calls.extendedAttribute(request, in);
            case LISTXATTR -> calls.extendedAttributes(request, in);
            case OPEN -> calls.open(request, in);
            case READ -> calls.read(request, in);
            case RELEASE -> calls.release(request, in);
            case OPENDIR -> calls.openDirectory(request);
            case READDIR -> calls.readDirectory(request, in, false);
            case READDIRPLUS -> calls.readDirectory(request, in, true);
            case RELEASEDIR -> calls.releaseDirectory(request, in);
            case INTERRUPT -> interrupt(request, in);
            case NOTIFY_REPLY -> log.debug("the kernel answered a question that was not asked");
            case CREATE -> changes.create(request, in);
            case MKNOD -> changes.makeNode(request, in);
            case WRITE -> changes.write(request, in);
            case FLUSH -> changes.flush(request, in);
            case FSYNC -> changes.synchronize(request, in);
            case SETATTR -> changes.change(request, in);
            case MKDIR -> changes.makeDirectory(request, in);
            case UNLINK -> changes.removeFile(request, in);
            case RMDIR -> changes.removeDirectory(request, in);
            case RENAME -> changes.rename(request, in);
            case RENAME2 -> changes.renameWithFlags(request, in);
            case SYMLINK -> changes.makeLink(request, in);
            case READLINK -> changes.readLink(request);
            case SETXATTR -> changes.setExtendedAttribute(request, in);
            case REMOVEXATTR -> changes.removeExtendedAttribute(request, in);
            case FALLOCATE -> changes.allocate(request, in);
            // names are in the catalog when the call that made them returns
            case INIT, FSYNCDIR, SYNCFS, DESTROY -> request.done();
            case LINK, TMPFILE -> request.fail(Errno.EOPNOTSUPP); // an object has one name, and always one
            // the kernel then does what it can by itself, and does not ask again
            case GETLK, SETLK, SETLKW, BMAP, IOCTL, POLL, LSEEK, STATX -> request.fail(Errno.ENOSYS);
            case COPY_FILE_RANGE, COPY_FILE_RANGE_64 -> request.fail(Errno.ENOSYS);
            case UNKNOWN, SETUPMAPPING, REMOVEMAPPING -> request.fail(Errno.ENOSYS);
        }
        if (request.opcode().isAnswered()) {
            request.awaitAnswer();
        }
    }

    /**
     * An interrupt is not answered, but for EAGAIN: the request that it is about may be in the hands of another reader
     * that has not yet put it among the pending ones. The kernel then sends the interrupt again, unless the request was
     * answered meanwhile.
     */
    private void interrupt(DeviceRequest interrupt, Incoming in) {
        @Nullable DeviceRequest request = connection.pending().find(in.longAt(0));
        if (request == null) {
            interrupt.fail(Errno.EAGAIN);
        } else {
            request.interrupt();
        }
    }
}
