package org.omerods.fs.vfs;

import org.jspecify.annotations.Nullable;

/** A program that can be interrupted. */
final class TestRequest implements Request {
    private @Nullable Runnable action;
    private boolean interrupted;

    @Override
    public int uid() {
        return 1000;
    }

    @Override
    public int gid() {
        return 1000;
    }

    @Override
    public int pid() {
        return 4711;
    }

    @Override
    public void onInterrupt(Runnable newAction) {
        synchronized (this) {
            action = newAction;
            if (!interrupted) {
                return;
            }
        }
        newAction.run();
    }

    void interrupt() {
        Runnable due;
        synchronized (this) {
            interrupted = true;
            due = action;
        }
        if (due != null) {
            due.run();
        }
    }
}
