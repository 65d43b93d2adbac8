package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;

/** What a person is told of files that could not be uploaded, and may decide about them. Thread-safe. */
final class StagedDecisions {
    private final StagedTable table;

    StagedDecisions(StagedTable table) {
        this.table = table;
    }

    List<StagedProblem> problems() {
        return table.all().stream()
                .sorted(Comparator.comparingLong(StagedFile::number))
                .flatMap(file -> file.failure().map(failure -> problemOf(file, failure)).stream())
                .toList();
    }

    private static StagedProblem problemOf(StagedFile file, UploadFailure failure) {
        return new StagedProblem(
                file.number(),
                file.path().value(),
                file.size(),
                failure.reason().name(),
                failure.message(),
                failure.attempts(),
                failure.last().toString(),
                failure.parked());
    }

    /** See {@link Staging#retry}. */
    void retry(long number) throws StorageException {
        StagedFile file = find("retry", number);
        if (file.failure().map(UploadFailure::parked).orElse(false)) {
            if (table.claim(file.path(), file).filter(other -> other != file).isPresent()) {
                throw new StorageException(
                        Reason.LOCKED,
                        "retry",
                        file.path().value(),
                        "it is being written: try again when that is done");
            }
            try {
                file.journalUnparked();
            } catch (IOException e) {
                throw StagedBytes.failed("retry", file.path(), e);
            }
        }
        file.synchronize();
    }

    /** See {@link Staging#export}. */
    long export(long number, Path target) throws StorageException, IOException {
        StagedFile file = find("export", number);
        try {
            return StagedExport.copy(file, target);
        } finally {
            file.restIfUnused();
        }
    }

    StagedFile find(String operation, long number) throws StorageException {
        return table.numbered(number)
                .orElseThrow(() ->
                        new StorageException(Reason.INVALID, operation, "number " + number, "no such staged file"));
    }
}
