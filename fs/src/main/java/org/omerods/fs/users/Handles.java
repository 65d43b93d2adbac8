package org.omerods.fs.users;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Handles of all views under one numbering. Thread-safe. */
final class Handles {
    private final Map<Long, Opened> opened = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** A handle of a view. */
    record Opened(UserView view, long handle) {}

    long add(UserView view, long handle) {
        long number = last.incrementAndGet();
        opened.put(number, new Opened(view, handle));
        return number;
    }

    @Nullable
    Opened find(long number) {
        return opened.get(number);
    }

    @Nullable
    Opened remove(long number) {
        return opened.remove(number);
    }
}
