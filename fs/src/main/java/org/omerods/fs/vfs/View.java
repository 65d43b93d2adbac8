package org.omerods.fs.vfs;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omerods.fs.meta.Directory;
import org.omerods.fs.meta.Known;
import org.omerods.fs.meta.MetadataCache;
import org.omerods.fs.staging.StagedFile;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/**
 * What lies where as programs on this mount see it: the catalog's answers, and before them what is being written here. The
 * {@code …IfKnown} methods never block. Thread-safe.
 */
final class View {
    private final MetadataCache metadata;
    private final Optional<Staging> staging;

    View(MetadataCache metadata, Optional<Staging> staging) {
        this.metadata = metadata;
        this.staging = staging;
    }

    Optional<StagedFile> staged(StoragePath path) {
        return staging.isEmpty() ? Optional.empty() : staging.get().at(path);
    }

    private Optional<Known<Entry>> stagedEntry(StoragePath path) {
        return staged(path).map(file -> metadata.known(file.entry()));
    }

    Optional<Known<Entry>> statIfKnown(StoragePath path) {
        Optional<Known<Entry>> here = stagedEntry(path);
        return here.isPresent() ? here : metadata.statIfKnown(path);
    }

    Known<Entry> stat(StoragePath path) throws StorageException {
        Optional<Known<Entry>> here = stagedEntry(path);
        return here.isPresent() ? here.get() : metadata.stat(path);
    }

    /** Empty when nothing is there. */
    Optional<Entry> find(StoragePath path) throws StorageException {
        Optional<Known<Entry>> known = statIfKnown(path);
        if (known.isPresent() || metadata.isKnownAbsent(path)) {
            return known.map(Known::value);
        }
        try {
            return Optional.of(stat(path).value());
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    boolean isKnownAbsent(StoragePath path) {
        return staged(path).isEmpty() && metadata.isKnownAbsent(path);
    }

    /** How long the kernel may believe what is known of a path; not at all while it is being written. */
    Duration remaining(Known<Entry> known) {
        return staged(known.value().path()).isPresent() ? Duration.ZERO : metadata.remaining(known);
    }

    Optional<Known<Directory>> listIfKnown(StoragePath path) {
        List<StoragePath> before = stagedPaths(path);
        return metadata.listIfKnown(path).map(listing -> overlaid(path, listing, before));
    }

    Known<Directory> list(StoragePath path) throws StorageException {
        List<StoragePath> before = stagedPaths(path);
        return overlaid(path, metadata.list(path), before);
    }

    private List<StagedFile> stagedIn(StoragePath path) {
        return staging.isEmpty() ? List.of() : staging.get().in(path);
    }

    private List<StoragePath> stagedPaths(StoragePath path) {
        return stagedIn(path).stream().map(StagedFile::path).toList();
    }

    /**
     * A listing with what is staged. A file whose upload ended since the listing was asked for is in neither: what is known
     * of it by now counts.
     */
    private Known<Directory> overlaid(StoragePath path, Known<Directory> listing, List<StoragePath> before) {
        List<StagedFile> now = stagedIn(path);
        Set<StoragePath> ended = new HashSet<>(before);
        now.forEach(file -> ended.remove(file.path()));
        Directory directory = listing.value();
        for (StoragePath uploaded : ended) {
            Optional<Known<Entry>> known = metadata.statIfKnown(uploaded);
            if (known.isPresent()) {
                directory = directory.with(known.get().value());
            }
        }
        for (StagedFile file : now) {
            directory = directory.with(file.entry());
        }
        return new Known<>(directory, listing.asOfNanos());
    }
}
