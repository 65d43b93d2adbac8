package org.omerods.storage.irods.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.omerods.storage.irods.wire.Api;

/** What went over all connections of one storage, counted. Thread-safe. */
public final class Counters {
    private final Map<Api, LongAdder> requests = new EnumMap<>(Api.class);
    private final LongAdder flights = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder connectionsOpened = new LongAdder();
    private final LongAdder connectionsLost = new LongAdder();
    private final LongAdder resumedReads = new LongAdder();

    public Counters() {
        for (Api api : Api.values()) {
            requests.put(api, new LongAdder());
        }
    }

    void request(Api api) {
        LongAdder adder = requests.get(api);
        if (adder != null) {
            adder.increment();
        }
    }

    void flight() {
        flights.increment();
    }

    void received(long bytes) {
        bytesReceived.add(bytes);
    }

    void sent(long bytes) {
        bytesSent.add(bytes);
    }

    void connectionOpened() {
        connectionsOpened.increment();
    }

    void connectionLost() {
        connectionsLost.increment();
    }

    public void resumedRead() {
        resumedReads.increment();
    }

    /** Requests by call; calls that were never made are left out. */
    public Map<Api, Long> requests() {
        Map<Api, Long> counts = new EnumMap<>(Api.class);
        requests.forEach((api, adder) -> {
            if (adder.sum() > 0) {
                counts.put(api, adder.sum());
            }
        });
        return counts;
    }

    public long flights() {
        return flights.sum();
    }

    public long bytesReceived() {
        return bytesReceived.sum();
    }

    public long bytesSent() {
        return bytesSent.sum();
    }

    public long connectionsOpened() {
        return connectionsOpened.sum();
    }

    public long connectionsLost() {
        return connectionsLost.sum();
    }

    public long resumedReads() {
        return resumedReads.sum();
    }
}
