package org.omerods.storage.irods;

import java.util.Map;

/**
 * What went over the wire since the storage was made.
 *
 * @param requests by the name of the call, those that were made
 * @param flights how often a connection went from idle to busy: about the round trips waited for
 * @param connectionsLost connections that broke while something was under way
 * @param resumedReads waves of reads that were repeated after a connection broke
 */
public record IrodsCounters(
        Map<String, Long> requests,
        long flights,
        long bytesReceived,
        long bytesSent,
        long connectionsOpened,
        long connectionsLost,
        long resumedReads) {
    public IrodsCounters {
        requests = Map.copyOf(requests);
    }

    /** How often a call was made. */
    public long requests(String api) {
        return requests.getOrDefault(api, 0L);
    }

    /** All requests. */
    public long totalRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
