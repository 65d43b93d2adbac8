package org.omerods.bench.suite;

import java.io.IOException;

/** One side of a mount to measure. */
public interface Suite {
    /** One line for people. */
    String description();

    /** Measures, and adds what it found to the run. */
    void run(Run run) throws IOException, InterruptedException;
}
