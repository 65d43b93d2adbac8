package org.omerods.zone.wire;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of connections, requests and bytes. Thread safe. */
public final class Traffic {
    private final LongAdder accepted = new LongAdder();
    private final AtomicLong open = new AtomicLong();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();

    public void connectionOpened() {
        accepted.increment();
        open.incrementAndGet();
    }

    public void connectionClosed() {
        open.decrementAndGet();
    }

    public void requested(String call) {
        requests.computeIfAbsent(call, name -> new LongAdder()).increment();
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    public long accepted() {
        return accepted.sum();
    }

    public long open() {
        return open.get();
    }

    public long bytesReceived() {
        return received.sum();
    }

    public long bytesSent() {
        return sent.sum();
    }

    /** Requests by the name of the call, sorted by name. */
    public Map<String, Long> requests() {
        Map<String, Long> result = new TreeMap<>();
        requests.forEach((name, count) -> result.put(name, count.sum()));
        return result;
    }
}
