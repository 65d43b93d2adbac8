package org.omerods.fs.staging;

import java.util.List;

/**
 * What waits to be uploaded.
 *
 * @param files staged files, those that are in the storage already and still open included
 * @param dirty those of which the storage lacks something
 * @param uploading uploads under way
 * @param usedBytes room on disk that they use, of {@code maxBytes}
 * @param problems those whose upload failed
 */
public record StagingStatus(
        int files, int dirty, int uploading, long usedBytes, long maxBytes, List<StagedProblem> problems) {
    public StagingStatus {
        problems = List.copyOf(problems);
    }
}
