package org.omerods.zone;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.omerods.zone.wire.CallFault;

/** Faults of certain calls that are still to come. Thread-safe. */
final class CallFaults {
    private final Queue<Planned> planned = new ArrayDeque<>();

    private static final class Planned {
        final String call;
        final CallFault fault;
        int before;
        int times;

        Planned(String call, CallFault fault, int before, int times) {
            this.call = call;
            this.fault = fault;
            this.before = before;
            this.times = times;
        }
    }

    /** Plans {@code fault} for the {@code nth} such call from now on (1 for the next), and those after it, {@code times} in all. */
    synchronized void plan(String call, int nth, int times, CallFault fault) {
        if (nth < 1 || times < 1) {
            throw new IllegalArgumentException("call number " + nth + ", " + times + " times");
        }
        planned.add(new Planned(call, fault, nth - 1, times));
    }

    /** What happens to a call that just came. */
    synchronized CallFault next(String call) {
        CallFault result = new CallFault.None();
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned plan = all.next();
            if (!plan.call.equals(call)) {
                continue;
            }
            if (plan.before > 0) {
                plan.before--;
            } else if (result instanceof CallFault.None) {
                result = plan.fault;
                plan.times--;
                if (plan.times == 0) {
                    all.remove();
                }
            }
        }
        return result;
    }

    /** How many are still to come. */
    synchronized int pending() {
        return planned.stream().mapToInt(plan -> plan.times).sum();
    }

    synchronized void clear() {
        planned.clear();
    }
}
