package org.omerods.fs.vfs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes an answer and hands it to the test, which waits for it no longer than ten seconds. */
final class Answer<T> implements Reply<T> {
    private static final int SECONDS = 10;

    private final CompletableFuture<T> value = new CompletableFuture<>();

    /** The errno that came instead of a value. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        final Errno errno;

        Failed(Errno errno) {
            super(errno.name());
            this.errno = errno;
        }
    }

    @Override
    public void ok(T answer) {
        if (!value.complete(answer)) {
            throw new AssertionError("a second answer");
        }
    }

    @Override
    public void fail(Errno errno) {
        if (!value.completeExceptionally(new Failed(errno))) {
            throw new AssertionError("a second answer");
        }
    }

    boolean isDone() {
        return value.isDone();
    }

    T get() throws Failed {
        try {
            return value.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failed failed) {
                throw new Failed(failed.errno);
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }
}
