package org.omerods.fs.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.DataObject;
import org.omerods.storage.StoragePath;

/** Makes the two files of a staged file, and finds those that an earlier process left. Thread-safe. */
final class StagedFiles {
    private final Staging staging;
    private final StagingDirectory directory;
    private final StagingSpace space;
    private final BaseContents bases;
    private final AtomicLong lastNumber = new AtomicLong();

    StagedFiles(Staging staging, StagingDirectory directory, StagingSpace space, BaseContents bases) {
        this.staging = staging;
        this.directory = directory;
        this.space = space;
        this.bases = bases;
    }

    /** A number that an earlier process gave. */
    void isTaken(long number) {
        lastNumber.accumulateAndGet(number, Math::max);
    }

    /**
     * A file that nobody uses yet.
     *
     * @param base the object that it stands for; null for a new one
     * @param permissions beside it
     */
    StagedFile make(StoragePath path, @Nullable DataObject base, StagedFile.Permissions permissions, Instant now)
            throws IOException {
        long number = lastNumber.incrementAndGet();
        long size = base == null ? 0 : base.size();
        StagedData data = StagedData.open(directory.data(number));
        Journal journal;
        try {
            journal = begin(number, data, path, base, permissions);
        } catch (IOException e) {
            Files.deleteIfExists(directory.journal(number));
            data.delete();
            throw e;
        }
        StagedBytes bytes =
                new StagedBytes(data, journal, space, bases, new StagedBytes.Start(base, size, new RangeSet(), size));
        return new StagedFile(
                staging,
                bytes,
                journal,
                space,
                new StagedFile.Start(number, path, base, now, null, permissions, base == null));
    }

    private Journal begin(
            long number,
            StagedData data,
            StoragePath path,
            @Nullable DataObject base,
            StagedFile.Permissions permissions)
            throws IOException {
        if (base != null && base.size() > 0) {
            data.setLength(base.size());
        }
        Journal journal = Journal.create(directory.journal(number), path, Optional.ofNullable(base));
        if (base != null) {
            journal.uploaded(base, base.size()); // nothing was written yet
        }
        if (permissions.bits().isPresent()) {
            journal.permissions(permissions);
        }
        return journal;
    }

    /**
     * What an earlier process left.
     *
     * @param modified when its bytes were written last
     * @param parked why it waits for a person; empty: it does not
     */
    record Found(StagedFile file, Instant modified, String parked) {}

    /** Takes up what an earlier process left; empty, and removed, when the storage has all of it. */
    Optional<Found> recover(long number) throws IOException {
        Path journalPath = directory.journal(number);
        JournalReader.State state = JournalReader.read(journalPath);
        StagedData data = StagedData.open(directory.data(number));
        if (!state.dirty() && state.parked().isEmpty()) {
            Files.delete(journalPath);
            data.delete();
            return Optional.empty();
        }
        long size = data.length();
        Instant modified = Files.getLastModifiedTime(directory.data(number)).toInstant();
        Journal journal = Journal.reopen(journalPath, state.length());
        long limit = Math.min(state.baseLimit(), size);
        DataObject saved = state.base();
        DataObject base = saved == null ? null : saved.at(state.path());
        state.local().cut(limit);
        StagedBytes bytes =
                new StagedBytes(data, journal, space, bases, new StagedBytes.Start(base, limit, state.local(), size));
        bytes.chargeRecovered(limit == 0 ? size : state.local().bytes() + size - limit);
        StagedFile file = new StagedFile(
                staging,
                bytes,
                journal,
                space,
                new StagedFile.Start(number, state.path(), base, modified, state.touched(), state.permissions(), true));
        file.recovered();
        return Optional.of(new Found(file, modified, state.parked()));
    }
}
