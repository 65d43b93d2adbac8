package org.omerods.omero.sync;

import java.time.Duration;

/**
 * Something that a {@link Companion} does again and again, on a thread of its own. A pass must be repeatable: it may be cut
 * off anywhere, by a failure or by the end of the program, and the next one must make good what is missing.
 */
public interface SyncTask {
    /** A word that names the task in logs, threads and the status: {@code mirror}, {@code links}. */
    String name();

    /**
     * Does what there is to do now.
     *
     * @return how long to wait before the next pass, unless somebody wakes the task; zero for "there is more to do"
     * @throws Exception whatever went wrong; the companion tells about it and tries again, first soon, then more slowly
     */
    Duration pass() throws Exception;

    /** Whether the last pass left something that goes on behind it, and another pass has to see how that ends. */
    default boolean isUnderWay() {
        return false;
    }
}
