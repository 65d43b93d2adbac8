package org.omerods.storage.irods.session;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: doubling, with jitter, so that many readers of a broken server do not come back in step. */
public final class Backoff {
    private static final long FIRST_MILLIS = 20;
    private static final long MAX_MILLIS = 2000;

    private Backoff() {}

    /** Pauses after the {@code failures}th failure, counted from 1. */
    public static void pause(int failures) throws InterruptedException {
        long ceiling = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }
}
