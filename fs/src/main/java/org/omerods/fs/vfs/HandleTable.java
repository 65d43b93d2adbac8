package org.omerods.fs.vfs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Open files or directories by the number that the kernel has for them. Bounded. Thread-safe. */
final class HandleTable<T> {
    /** As many as a process may usually have open, for all programs together. */
    static final int MAX_HANDLES = 65_536;

    private final Map<Long, T> handles = new ConcurrentHashMap<>();
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();
    private final int maxHandles;

    HandleTable(int maxHandles) {
        this.maxHandles = maxHandles;
    }

    /**
     * Takes room for one handle.
     *
     * @throws ErrnoException EMFILE when there is none
     */
    void reserve() throws ErrnoException {
        if (reserved.incrementAndGet() > maxHandles) {
            reserved.decrementAndGet();
            throw new ErrnoException(Errno.EMFILE, maxHandles + " handles are open");
        }
    }

    /** Gives room back that was reserved and not used. */
    void cancel() {
        reserved.decrementAndGet();
    }

    /** Uses the room that was reserved. */
    long put(T handle) {
        long number = last.incrementAndGet();
        handles.put(number, handle);
        return number;
    }

    /** @throws ErrnoException EBADF */
    T get(long number) throws ErrnoException {
        T handle = handles.get(number);
        if (handle == null) {
            throw new ErrnoException(Errno.EBADF, "no such handle " + number);
        }
        return handle;
    }

    Optional<T> remove(long number) {
        Optional<T> removed = Optional.ofNullable(handles.remove(number));
        removed.ifPresent(_ -> reserved.decrementAndGet());
        return removed;
    }

    /** What to call a handle in a log. */
    Object nameOf(long number) {
        T handle = handles.get(number);
        return handle == null ? "handle " + number : handle;
    }

    List<T> removeAll() {
        return handles.keySet().stream()
                .map(this::remove)
                .flatMap(Optional::stream)
                .toList();
    }
}
