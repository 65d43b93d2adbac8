package org.omerods.zone;

import java.util.Map;

/**
 * What a zone has done up to now.
 *
 * @param connectionsAccepted since the start
 * @param connectionsOpen at this moment
 * @param requests by the name of the call, such as {@code DATA_OBJ_READ}; calls that never came are not in it
 * @param bytesReceived from clients, with everything that frames them
 * @param bytesSent to clients, likewise
 */
public record ZoneStatistics(
        long connectionsAccepted,
        long connectionsOpen,
        Map<String, Long> requests,
        long bytesReceived,
        long bytesSent) {
    public ZoneStatistics {
        requests = Map.copyOf(requests);
    }

    /** How often {@code call} was requested. */
    public long requests(String call) {
        return requests.getOrDefault(call, 0L);
    }

    /** All requests together. */
    public long totalRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
