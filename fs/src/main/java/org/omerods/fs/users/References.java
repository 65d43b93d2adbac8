package org.omerods.fs.users;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which view lent the kernel how many references of an inode: it gives them back without saying whose they were.
 * Thread-safe.
 */
final class References {
    private final Map<Long, Map<UserView, Long>> lent = new ConcurrentHashMap<>();

    void add(long inode, UserView view) {
        lent.compute(inode, (number, views) -> {
            Map<UserView, Long> changed = views == null ? new HashMap<>() : views;
            changed.merge(view, 1L, Long::sum);
            return changed;
        });
    }

    /** What is given back. */
    @FunctionalInterface
    interface Returned {
        void to(UserView view, long count);
    }

    /** Gives {@code count} references back to those who lent them. */
    void giveBack(long inode, long count, Returned returned) {
        Map<UserView, Long> shares = new HashMap<>();
        lent.computeIfPresent(inode, (number, views) -> {
            long left = count;
            for (Iterator<Map.Entry<UserView, Long>> all = views.entrySet().iterator(); all.hasNext() && left > 0; ) {
                Map.Entry<UserView, Long> view = all.next();
                long share = Math.min(left, view.getValue());
                left -= share;
                shares.put(view.getKey(), share);
                if (share == view.getValue()) {
                    all.remove();
                } else {
                    view.setValue(view.getValue() - share);
                }
            }
            return views.isEmpty() ? null : views;
        });
        shares.forEach(returned::to);
    }
}
