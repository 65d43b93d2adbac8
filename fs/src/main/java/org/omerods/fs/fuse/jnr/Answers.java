package org.omerods.fs.fuse.jnr;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.omerods.fs.vfs.Errno;
import org.omerods.fs.vfs.Reply;

/**
 * Makes threads of libfuse wait for answers of the filesystem: libfuse 2 has no other way. Thread-safe; as many wait as
 * libfuse has threads.
 */
final class Answers {
    private final Set<Awaited<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean abandoned;

    /** Runs an operation and waits for its answer, whose value holds nothing. */
    <T> T of(Consumer<Reply<T>> operation) throws RefusedException {
        return of(operation, value -> {});
    }

    /** Runs an operation and waits; {@code undelivered} takes back a value that comes too late. */
    <T> T of(Consumer<Reply<T>> operation, Consumer<T> undelivered) throws RefusedException {
        Awaited<T> awaited = new Awaited<>(undelivered);
        waiting.add(awaited);
        try {
            if (abandoned) {
                awaited.fail(Errno.EIO);
            } else {
                operation.accept(awaited);
            }
            return awaited.await();
        } finally {
            waiting.remove(awaited);
        }
    }

    /** All who wait, now and later, get EIO. */
    void abandon() {
        abandoned = true;
        waiting.forEach(awaited -> awaited.fail(Errno.EIO));
    }
}
