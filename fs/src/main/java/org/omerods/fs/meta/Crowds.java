package org.omerods.fs.meta;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.omerods.storage.StoragePath;

/**
 * Tells when many children of a collection are asked for one by one. A catalog lists some hundred children in the time of
 * one such question, so that asking for all of them is cheaper by then; the bet costs at most as much as the questions that
 * led to it. Only of collections that were listed before: nobody knows how large the others are. Thread-safe.
 */
final class Crowds {
    /** Children that a catalog lists in the time of one question for one child, without a round trip (measured: 250). */
    private static final int CHILDREN_PER_QUESTION = 256;

    /** So many are no accident. */
    private static final int LEAST_QUESTIONS = 3;

    private static final int MAX_COLLECTIONS = 4096;

    private final Cache<StoragePath, Crowd> crowds =
            Caffeine.newBuilder().maximumSize(MAX_COLLECTIONS).build();
    private final Duration window;
    private final Ticker ticker;

    private static final class Crowd {
        private int children;
        private int questions;
        private long since;
    }

    /** @param window how long an answer is good for: questions further apart are no crowd */
    Crowds(Duration window, Ticker ticker) {
        this.window = window;
        this.ticker = ticker;
    }

    /** A collection was listed. */
    void listed(StoragePath collection, int children) {
        Crowd crowd = crowds.get(collection, _ -> new Crowd());
        synchronized (crowd) {
            crowd.children = children;
            crowd.questions = 0;
        }
    }

    /** A child of a collection is asked for. Returns whether it is time to list the collection: once for each listing. */
    boolean asked(StoragePath collection) {
        Crowd crowd = crowds.getIfPresent(collection);
        if (crowd == null) {
            return false;
        }
        long now = ticker.read();
        synchronized (crowd) {
            if (crowd.questions == 0 || now - crowd.since > window.toNanos()) {
                crowd.questions = 0;
                crowd.since = now;
            }
            crowd.questions++;
            return crowd.questions == LEAST_QUESTIONS + crowd.children / CHILDREN_PER_QUESTION;
        }
    }
}
