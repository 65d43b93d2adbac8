package org.omerods.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.omerods.bench.load.Load;
import org.omerods.bench.machine.ProcessUsage;
import org.omerods.bench.result.Repetition;
import org.omerods.bench.stage.Daemon;

/** What a daemon did and used while a load ran: read before and after it. */
final class Observation {
    private static final double GIB = 1 << 30;
    private static final double MIB = 1 << 20;

    private final Daemon daemon;
    private final ProcessUsage usage;
    private final JsonNode counters;

    private Observation(Daemon daemon, ProcessUsage usage, JsonNode counters) {
        this.daemon = daemon;
        this.usage = usage;
        this.counters = counters;
    }

    static Observation begin(Daemon daemon) throws IOException {
        return new Observation(daemon, daemon.usage(), daemon.status());
    }

    /**
     * What it cost, in figures of the repetition: bytes from the server for each byte delivered, requests for each
     * operation, CPU for each GiB, and all of {@link #cost}.
     */
    Repetition end(Load load, Repetition repetition) throws IOException {
        return amplification(load, load.describe(repetition));
    }

    /** The same for a load that described itself. */
    Repetition amplification(Load load, Repetition repetition) throws IOException {
        JsonNode status = daemon.status();
        double cpu = daemon.usage().cpuSeconds() - usage.cpuSeconds();
        repetition
                .put("fetched/delivered", difference(status, "bytesReceived") / load.bytes())
                .put("cpu s/GiB", cpu / (load.bytes() / GIB));
        if (load.nanos().length > 0) {
            repetition.put("requests/op", (requests(status) - requests(counters)) / load.nanos().length);
        }
        return cost(repetition);
    }

    /** What it cost as a whole: requests, connections, CPU, memory. */
    Repetition cost(Repetition repetition) throws IOException {
        ProcessUsage now = daemon.usage();
        JsonNode status = daemon.status();
        return repetition
                .put("requests", requests(status) - requests(counters))
                .put("closes", closes(status) - closes(counters))
                .put(
                        "connections",
                        status.path("irods").path("connectionsOpened").asLong())
                .put("cpu s", now.cpuSeconds() - usage.cpuSeconds())
                .put("rss MiB", now.rssBytes() / MIB)
                .put("anonymous MiB", now.anonymousBytes() / MIB)
                .put("threads", now.threads());
    }

    /** The part of the reads that found their bytes here, by the filesystem's own counters. */
    double hits() throws IOException {
        JsonNode before = counters.path("filesystem").path("blocks");
        JsonNode now = daemon.status().path("filesystem").path("blocks");
        double hits = now.path("hits").asDouble() - before.path("hits").asDouble();
        double misses = now.path("misses").asDouble() - before.path("misses").asDouble();
        double waits = now.path("waits").asDouble() - before.path("waits").asDouble();
        return hits / (hits + misses + waits);
    }

    private double difference(JsonNode status, String field) {
        return status.path("irods").path(field).asDouble()
                - counters.path("irods").path(field).asDouble();
    }

    /** Descriptors given back to the server: those of readers after a while, not for what is asked just now. */
    private static double closes(JsonNode status) {
        return status.path("irods").path("requests").path("DATA_OBJ_CLOSE").asDouble()
                + status.path("irods").path("requests").path("REPLICA_CLOSE").asDouble();
    }

    private static double requests(JsonNode status) {
        double sum = 0;
        for (JsonNode count : status.path("irods").path("requests")) {
            sum += count.asDouble();
        }
        return sum;
    }
}
