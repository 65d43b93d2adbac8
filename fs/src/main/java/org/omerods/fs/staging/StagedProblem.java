package org.omerods.fs.staging;

import static java.util.Objects.requireNonNull;

/**
 * A file whose upload failed and whose bytes are kept.
 *
 * @param number by which it is retried, exported or discarded
 * @param path where it belongs
 * @param problem what the storage said, with the remedy
 * @param attempts how often it was tried
 * @param lastAttempt when, in ISO 8601
 * @param waitsForPerson whether nothing happens by itself; else it is tried again and again
 */
public record StagedProblem(
        long number,
        String path,
        long size,
        String reason,
        String problem,
        int attempts,
        String lastAttempt,
        boolean waitsForPerson) {
    public StagedProblem {
        requireNonNull(path, "path");
        requireNonNull(problem, "problem");
    }
}
