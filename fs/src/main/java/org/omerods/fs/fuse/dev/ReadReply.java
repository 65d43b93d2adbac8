package org.omerods.fs.fuse.dev;

import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.ReadData;
import org.omerods.fs.vfs.Reply;

/**
 * The answer of a read: the kernel copies straight out of the filesystem's memory, which is released afterwards.
 *
 * @param size bytes that were asked for
 */
record ReadReply(DeviceRequest request, int size) implements Reply<ReadData> {
    @Override
    public void ok(ReadData data) {
        try {
            if (request.claimSuccess()) {
                send(data);
            }
        } finally {
            data.release().run();
        }
    }

    private void send(ReadData data) {
        try {
            long length = data.byteSize();
            if (length > size) {
                throw new IllegalStateException("read of " + size + " bytes was answered with " + length);
            }
            request.sendSegments(data.segments(), length);
        } catch (RuntimeException | Error e) { // an answer must go out, whatever happens
            request.connection().guard().failed("read", request, e);
            request.sendStatus(-Errno.EIO.number());
        }
    }

    @Override
    public void fail(Errno errno) {
        request.fail(errno);
    }
}
