package org.omerods.fs.staging;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Bytes of a file, as disjoint ranges that do not touch. Not thread-safe. */
final class RangeSet {
    /** Start to end, the end exclusive. */
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    private long bytes;

    /** Adds a range; returns how many bytes of it were not there. */
    long add(long start, long end) {
        if (start >= end) {
            return 0;
        }
        long before = bytes;
        long from = start;
        long to = end;
        Map.Entry<Long, Long> touching = ranges.floorEntry(to);
        while (touching != null && touching.getValue() >= from) {
            from = Math.min(from, touching.getKey());
            to = Math.max(to, touching.getValue());
            bytes -= touching.getValue() - touching.getKey();
            ranges.remove(touching.getKey());
            touching = ranges.floorEntry(to);
        }
        ranges.put(from, to);
        bytes += to - from;
        return bytes - before;
    }

    /** Removes everything from {@code end} on; returns how many bytes that were. */
    long cut(long end) {
        long before = bytes;
        while (!ranges.isEmpty() && ranges.lastEntry().getValue() > end) {
            Map.Entry<Long, Long> last = ranges.pollLastEntry();
            bytes -= last.getValue() - last.getKey();
            if (last.getKey() < end) {
                ranges.put(last.getKey(), end);
                bytes += end - last.getKey();
            }
        }
        return before - bytes;
    }

    /** Removes everything before {@code start}. */
    void cutFront(long start) {
        while (!ranges.isEmpty() && ranges.firstKey() < start) {
            Map.Entry<Long, Long> first = ranges.pollFirstEntry();
            bytes -= first.getValue() - first.getKey();
            if (first.getValue() > start) {
                ranges.put(start, first.getValue());
                bytes += first.getValue() - start;
            }
        }
    }

    boolean covers(long start, long end) {
        return start >= end || endOfRun(start) >= end;
    }

    /** How many bytes of a range are not there. */
    long missing(long start, long end) {
        long missing = 0;
        long at = start;
        while (at < end) {
            long there = endOfRun(at);
            if (there > at) {
                at = there;
            } else {
                long next = Math.min(end, startOfNext(at));
                missing += next - at;
                at = next;
            }
        }
        return missing;
    }

    /** Where the range that holds {@code position} ends; {@code position} itself when none does. */
    long endOfRun(long position) {
        Map.Entry<Long, Long> run = ranges.floorEntry(position);
        return run == null || run.getValue() <= position ? position : run.getValue();
    }

    /** Where the next range behind {@code position} starts; {@link Long#MAX_VALUE} when there is none. */
    long startOfNext(long position) {
        Long next = ranges.higherKey(position);
        return next == null ? Long.MAX_VALUE : next;
    }

    int count() {
        return ranges.size();
    }

    long bytes() {
        return bytes;
    }
}
