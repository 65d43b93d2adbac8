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
     * operation, connections, CPU, memory.
     */
    Repetition end(Load load, Repetition repetition) throws IOException {
        ProcessUsage now = daemon.usage();
        JsonNode status = daemon.status();
        double fetched = difference(status, "bytesReceived");
        double requests = requests(status) - requests(counters);
        double cpu = now.cpuSeconds() - usage.cpuSeconds();
        load.describe(repetition)
                .put("fetched/delivered", fetched / load.bytes())
                .put("requests", requests)
                .put(
                        "connections",
                        status.path("irods").path("connectionsOpened").asLong())
                .put("cpu s/GiB", cpu / (load.bytes() / GIB))
                .put("cpu s", cpu)
                .put("rss MiB", now.rssBytes() / MIB)
                .put("anonymous MiB", now.anonymousBytes() / MIB)
                .put("threads", now.threads());
        if (load.nanos().length > 0) {
            repetition.put("requests/op", requests / load.nanos().length);
        }
        return repetition;
    }

    private double difference(JsonNode status, String field) {
        return status.path("irods").path(field).asDouble()
                - counters.path("irods").path(field).asDouble();
    }

    private static double requests(JsonNode status) {
        double sum = 0;
        for (JsonNode count : status.path("irods").path("requests")) {
            sum += count.asDouble();
        }
        return sum;
    }
}
