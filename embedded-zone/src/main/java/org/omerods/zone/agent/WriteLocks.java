package org.omerods.zone.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which objects are open for writing, with the token by which further connections may join the writer. Thread safe.
 *
 * <p>The catalog holds the same fact as replica status 2, which also stays when a writer closes without an update.
 */
public final class WriteLocks {
    private final Map<Long, Lock> locks = new HashMap<>();

    /** The writers of one object. Guarded by the monitor of the {@link WriteLocks}. */
    private static final class Lock {
        private final String token = UUID.randomUUID().toString();
        private int writers = 1;
        private boolean abandoned;
    }

    /** Registers the first writer of an object; returns the token. */
    synchronized String begin(long id) {
        Lock lock = new Lock();
        locks.put(id, lock);
        return lock.token;
    }

    /** Lets a further writer in; false where the token is not that of the present writers. */
    synchronized boolean join(long id, String token) {
        Lock lock = locks.get(id);
        if (lock == null || !lock.token.equals(token)) {
            return false;
        }
        lock.writers++;
        return true;
    }

    /** What is left after a writer went. */
    record Left(boolean last, boolean abandoned) {}

    /** Takes a writer away; {@code abandoned} when he went without closing. */
    synchronized Left end(long id, boolean abandoned) {
        Lock lock = locks.get(id);
        if (lock == null) {
            return new Left(true, abandoned);
        }
        lock.abandoned |= abandoned;
        lock.writers--;
        if (lock.writers > 0) {
            return new Left(false, lock.abandoned);
        }
        locks.remove(id);
        return new Left(true, lock.abandoned);
    }
}
