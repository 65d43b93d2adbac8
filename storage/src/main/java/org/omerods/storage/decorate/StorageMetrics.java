package org.omerods.storage.decorate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.omerods.storage.StorageException.Reason;

/** What a place was asked and how it answered, since the start. Thread-safe; counters only grow. */
public final class StorageMetrics {
    private final Map<Operation, Counters> operations = new EnumMap<>(Operation.class);
    private final Map<Reason, LongAdder> failures = new EnumMap<>(Reason.class);

    public StorageMetrics() {
        for (Operation operation : Operation.values()) {
            operations.put(operation, new Counters());
        }
        for (Reason reason : Reason.values()) {
            failures.put(reason, new LongAdder());
        }
    }

    /** What is counted apart. */
    public enum Operation {
        STAT,
        LIST,
        LIST_AVUS,
        OPEN,
        READ_DEMAND,
        READ_PREFETCH,
        VERIFY,
        PUT,
        CHANGE
    }

    private static final class Counters {
        final LongAdder calls = new LongAdder();
        final LongAdder failures = new LongAdder();
        final LongAdder bytes = new LongAdder();
        final LongAdder nanos = new LongAdder();
    }

    /**
     * Counters of one operation.
     *
     * @param calls all of them, failed ones included
     * @param bytes of successful reads and uploads
     * @param nanos time that callers waited, summed
     */
    public record Count(long calls, long failures, long bytes, long nanos) {}

    void succeeded(Operation operation, long bytes, long nanos) {
        Counters counters = of(operation);
        counters.calls.increment();
        counters.bytes.add(bytes);
        counters.nanos.add(nanos);
    }

    void failed(Operation operation, Reason reason, long nanos) {
        Counters counters = of(operation);
        counters.calls.increment();
        counters.failures.increment();
        counters.nanos.add(nanos);
        LongAdder count = failures.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    public Count count(Operation operation) {
        Counters counters = of(operation);
        return new Count(counters.calls.sum(), counters.failures.sum(), counters.bytes.sum(), counters.nanos.sum());
    }

    /** All operations that were called, and the failures. */
    public Map<String, Object> snapshot() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            Count count = count(operation);
            if (count.calls() > 0) {
                all.put(operation.name().toLowerCase(Locale.ROOT), count);
            }
        }
        all.put("failures", failures());
        return all;
    }

    /** Failures by reason; reasons that never occurred are left out. */
    public Map<Reason, Long> failures() {
        Map<Reason, Long> result = new EnumMap<>(Reason.class);
        failures.forEach((reason, count) -> {
            if (count.sum() > 0) {
                result.put(reason, count.sum());
            }
        });
        return Collections.unmodifiableMap(result);
    }

    private Counters of(Operation operation) {
        Counters counters = operations.get(operation);
        if (counters == null) {
            throw new IllegalStateException("no counters for " + operation);
        }
        return counters;
    }
}
