package org.omerods.fs.fuse.jnr;

import org.omerods.fs.vfs.Request;

/** Who asks, as libfuse tells. libfuse 2 interrupts by a signal, which a JVM cannot take: the action is never run. */
record CallerRequest(int uid, int gid, int pid) implements Request {
    @Override
    public void onInterrupt(Runnable action) {}
}
