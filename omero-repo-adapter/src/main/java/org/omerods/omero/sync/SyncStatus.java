package org.omerods.omero.sync;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the companion tells about itself: counters that only grow, levels that go up and down, and of each task how it
 * went. Names are words with dots, {@code mirror.objects-written}. Thread-safe.
 */
public final class SyncStatus {
    /** Texts of errors are kept for people; a longer one says no more. */
    private static final int MAX_ERROR_CHARACTERS = 1_000;

    private final InstantSource clock;
    private final ConcurrentMap<String, AtomicLong> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> levels = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TaskState> tasks = new ConcurrentHashMap<>();

    public SyncStatus(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * How a task goes.
     *
     * @param passes passes that ended well
     * @param failures passes that failed
     * @param lastSuccess {@link Instant#EPOCH} before the first one
     * @param lastError text of the last failure; empty when there was none since the last success
     */
    public record TaskState(long passes, long failures, Instant lastSuccess, String lastError) {
        private static final TaskState NEW = new TaskState(0, 0, Instant.EPOCH, "");
    }

    public void add(String counter, long amount) {
        counters.computeIfAbsent(counter, name -> new AtomicLong()).addAndGet(amount);
    }

    public long count(String counter) {
        AtomicLong value = counters.get(counter);
        return value == null ? 0 : value.get();
    }

    public void setLevel(String level, long value) {
        levels.put(level, value);
    }

    public long level(String level) {
        return levels.getOrDefault(level, 0L);
    }

    void succeeded(String task) {
        tasks.merge(
                task,
                new TaskState(1, 0, clock.instant(), ""),
                (old, one) -> new TaskState(old.passes() + 1, old.failures(), one.lastSuccess(), ""));
    }

    void failed(String task, Exception failure) {
        String text = FailureText.of(failure);
        String kept = text.length() > MAX_ERROR_CHARACTERS ? text.substring(0, MAX_ERROR_CHARACTERS) : text;
        tasks.merge(
                task,
                new TaskState(0, 1, Instant.EPOCH, kept),
                (old, one) -> new TaskState(old.passes(), old.failures() + 1, old.lastSuccess(), kept));
    }

    public TaskState task(String name) {
        return tasks.getOrDefault(name, TaskState.NEW);
    }

    /** Everything, for a status page: plain values, sorted by name. */
    public Map<String, Object> snapshot() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", clock.instant().toString());
        Map<String, Object> states = new TreeMap<>();
        tasks.forEach((name, state) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("passes", state.passes());
            values.put("failures", state.failures());
            values.put("lastSuccess", state.lastSuccess().toString());
            values.put("lastError", state.lastError());
            states.put(name, values);
        });
        all.put("tasks", states);
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((name, value) -> counts.put(name, value.get()));
        all.put("counters", counts);
        all.put("levels", new TreeMap<>(levels));
        return all;
    }
}
