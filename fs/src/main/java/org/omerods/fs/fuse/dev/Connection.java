package org.omerods.fs.fuse.dev;

import org.omerods.fs.fuse.Guard;
import org.omerods.fs.vfs.Filesystem;

/** What all requests of one mount share. */
record Connection(Filesystem filesystem, Guard guard, ReplyBuffers buffers, PendingRequests pending) {
    static Connection to(Filesystem filesystem) {
        return new Connection(filesystem, new Guard(), new ReplyBuffers(), new PendingRequests());
    }
}
