package org.omerods.fs.fuse.dev;

import org.omerods.fs.vfs.Done;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;

/** The answer of a request that has nothing to say but that it succeeded. */
record DoneReply(DeviceRequest request) implements Reply<Done> {
    @Override
    public void ok(Done value) {
        request.done();
    }

    @Override
    public void fail(Errno errno) {
        request.fail(errno);
    }
}
