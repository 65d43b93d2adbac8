package org.omerods.fs.fuse.jnr;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;

/** One answer that a thread of libfuse waits for. Thread-safe: the first answer counts. */
final class Awaited<T> implements Reply<T> {
    private final CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    private final Consumer<T> undelivered;

    /** One of the two is null. */
    private record Answer<T>(@Nullable T value, @Nullable Errno errno) {}

    /** {@code undelivered} takes back what a value holds that comes when nobody waits any more. */
    Awaited(Consumer<T> undelivered) {
        this.undelivered = undelivered;
    }

    @Override
    public void ok(T value) {
        if (!answer.complete(new Answer<>(value, null)) && answer.join().errno() != null) {
            undelivered.accept(value);
        }
    }

    @Override
    public void fail(Errno errno) {
        answer.complete(new Answer<>(null, errno));
    }

    /** Waits for as long as the filesystem takes, which is bounded there. */
    T await() throws RefusedException {
        Answer<T> now = answer.join();
        @Nullable T value = now.value();
        if (value == null) {
            @Nullable Errno errno = now.errno();
            throw new RefusedException(errno == null ? Errno.EIO : errno);
        }
        return value;
    }
}
