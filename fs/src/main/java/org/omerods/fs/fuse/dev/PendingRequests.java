package org.omerods.fs.fuse.dev;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were not answered at once, by the kernel's number, so that an interrupt finds them. Thread-safe. The
 * kernel bounds it: each entry is a thread that waits or one of 64 background requests.
 */
final class PendingRequests {
    private final ConcurrentMap<Long, DeviceRequest> requests = new ConcurrentHashMap<>();

    void add(long unique, DeviceRequest request) {
        requests.put(unique, request);
    }

    void remove(long unique) {
        requests.remove(unique);
    }

    @Nullable
    DeviceRequest find(long unique) {
        return requests.get(unique);
    }
}
