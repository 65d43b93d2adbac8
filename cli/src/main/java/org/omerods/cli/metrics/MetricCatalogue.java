package org.omerods.cli.metrics;

import static org.omerods.cli.metrics.Metric.counter;
import static org.omerods.cli.metrics.Metric.gauge;

import java.util.List;

/** All metrics. docs/metrics.md shows the same, and a test compares the two, and both with what a mount tells. */
public final class MetricCatalogue {
    private static final String BLOCKS = "filesystem.blocks.";
    private static final String PREFETCH = "filesystem.prefetch.";
    private static final String METADATA = "filesystem.metadata.";

    /** Of a mount. */
    public static final List<Metric> MOUNT = List.of(
            counter(BLOCKS + "bytesAsked", "omerods_read_bytes", "Bytes that programs read."),
            counter(BLOCKS + "demandBytes", "omerods_fetched_demand_bytes", "Bytes fetched that a program waited for."),
            counter(BLOCKS + "prefetchBytes", "omerods_fetched_ahead_bytes", "Bytes fetched ahead of programs."),
            counter(
                    BLOCKS + "pastCacheBytes",
                    "omerods_fetched_past_cache_bytes",
                    "Bytes fetched for one reader alone, because the cache had no room."),
            counter(BLOCKS + "hits", "omerods_read_hits", "Reads answered at once."),
            counter(BLOCKS + "misses", "omerods_read_misses", "Reads that had to fetch."),
            counter(BLOCKS + "waits", "omerods_read_waits", "Reads that waited for what was being fetched."),
            counter(BLOCKS + "storageReads", "omerods_storage_reads", "Ranges read from the storage."),
            counter(
                    BLOCKS + "verifications",
                    "omerods_version_checks",
                    "Checks whether an object is still the version."),
            counter(BLOCKS + "stale", "omerods_stale_versions", "Versions found to be replaced."),
            counter(BLOCKS + "evictedBytes", "omerods_cache_evicted_bytes", "Bytes dropped to make room."),
            counter(
                    BLOCKS + "badBlocks",
                    "omerods_cache_bad_blocks",
                    "Kept blocks that were damaged and fetched again."),
            counter(
                    BLOCKS + "checkedObjects",
                    "omerods_checksum_matches",
                    "Whole objects that have the catalog's checksum."),
            counter(
                    BLOCKS + "wrongObjects",
                    "omerods_checksum_mismatches",
                    "Whole objects that have another checksum than the catalog says."),
            gauge(BLOCKS + "cachedBytes", "omerods_cache_bytes", "Bytes in the block files."),
            gauge(BLOCKS + "protectedBytes", "omerods_cache_protected_bytes", "Bytes that traffic does not evict."),
            gauge(BLOCKS + "pinnedBytes", "omerods_cache_pinned_bytes", "Bytes that a person wants kept."),
            gauge(BLOCKS + "completeFiles", "omerods_cache_complete_files", "Objects that are here as a whole."),
            gauge(PREFETCH + "layouts", "omerods_slide_layouts", "Slides whose layout is known."),
            gauge(PREFETCH + "layoutBytes", "omerods_slide_layout_bytes", "Memory that the layouts take."),
            counter(PREFETCH + "layoutsParsed", "omerods_slide_layouts_parsed", "Layouts read from slides."),
            counter(
                    PREFETCH + "layoutsRestored",
                    "omerods_slide_layouts_restored",
                    "Layouts kept from an earlier time."),
            counter(
                    PREFETCH + "layoutsNotUnderstood",
                    "omerods_slide_layouts_not_understood",
                    "Files that begin like a slide and are none that is known."),
            counter(PREFETCH + "layoutWaves", "omerods_slide_layout_waves", "Rounds of reads for layouts."),
            counter(PREFETCH + "layoutIndexBytes", "omerods_slide_layout_read_bytes", "Bytes read for layouts."),
            counter(PREFETCH + "usedBytes", "omerods_prefetch_used_bytes", "Bytes fetched ahead that were read."),
            gauge(
                    PREFETCH + "unusedBytes",
                    "omerods_prefetch_unused_bytes",
                    "Bytes fetched ahead and not read until now."),
            gauge(PREFETCH + "queuedPieces", "omerods_prefetch_queued_pieces", "Pieces that wait to be fetched ahead."),
            counter(
                    PREFETCH + "droppedPieces",
                    "omerods_prefetch_dropped_pieces",
                    "Pieces that were not fetched in the end."),
            counter(METADATA + "stats", "omerods_metadata_stats", "Questions for the attributes of one path."),
            counter(METADATA + "lists", "omerods_metadata_lists", "Questions for the children of a collection."),
            counter(METADATA + "avuLists", "omerods_metadata_avu_lists", "Questions for the AVUs of a path."),
            counter(METADATA + "hits", "omerods_metadata_hits", "Answers known already."),
            gauge("staging.files", "omerods_staging_files", "Files that are being written, or were not long ago."),
            gauge("staging.dirty", "omerods_staging_dirty_files", "Files of which the storage lacks something."),
            gauge("staging.uploading", "omerods_staging_uploads", "Uploads under way."),
            gauge("staging.usedBytes", "omerods_staging_bytes", "Room on disk that staged files use."),
            gauge("staging.maxBytes", "omerods_staging_limit_bytes", "Room on disk that they may use."),
            counter("storage.*.calls", "omerods_storage_calls", "operation", "Calls of the storage."),
            counter("storage.*.failures", "omerods_storage_failed_calls", "operation", "Calls that failed."),
            counter("storage.*.bytes", "omerods_storage_bytes", "operation", "Bytes of reads and uploads."),
            counter("storage.*.nanos", "omerods_storage_nanoseconds", "operation", "Time that callers waited, summed."),
            counter("storage.failures.*", "omerods_storage_failures", "reason", "Failures by reason."),
            counter("irods.requests.*", "omerods_irods_requests", "call", "Requests on the wire by name of the call."),
            counter("irods.flights", "omerods_irods_flights", "Times that a connection went from idle to busy."),
            counter("irods.bytesReceived", "omerods_irods_received_bytes", "Bytes received from iRODS servers."),
            counter("irods.bytesSent", "omerods_irods_sent_bytes", "Bytes sent to iRODS servers."),
            counter("irods.connectionsOpened", "omerods_irods_connections_opened", "Connections made."),
            counter("irods.connectionsLost", "omerods_irods_connections_lost", "Connections that broke in use."),
            counter("irods.resumedReads", "omerods_irods_resumed_reads", "Reads repeated after a connection broke."));

    /** Of a companion. */
    public static final List<Metric> SYNC = List.of(
            counter("tasks.*.passes", "omerods_sync_task_passes", "task", "Passes of a task that ended well."),
            counter("tasks.*.failures", "omerods_sync_task_failures", "task", "Passes of a task that failed."),
            counter("counters.*", "omerods_sync_events", "event", "What the companion did, by name."),
            gauge("levels.*", "omerods_sync_level", "level", "What there is to do, by name."));

    private MetricCatalogue() {}
}
