package org.omerods.omero.links;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omerods.storage.StoragePath;

/**
 * Between paths of iRODS and of this machine, where OMERO sees iRODS through one mount or several. Of several that fit the
 * first counts. Purely textual; nothing is looked up.
 */
public record MountPaths(List<MountPoint> mounts) {
    public MountPaths {
        mounts = List.copyOf(mounts);
        if (mounts.isEmpty()) {
            throw new IllegalArgumentException("no mount point is named");
        }
    }

    /** One mount. */
    public MountPaths(StoragePath collection, Path directory) {
        this(List.of(new MountPoint(collection, directory)));
    }

    /** Where an object appears; empty when it lies outside of what is mounted. */
    public Optional<Path> local(StoragePath path) {
        return mounts.stream().flatMap(mount -> mount.local(path).stream()).findFirst();
    }

    /** What a path of this machine shows; empty when it is below no mount. */
    public Optional<StoragePath> remote(Path path) {
        return mounts.stream().flatMap(mount -> mount.remote(path).stream()).findFirst();
    }

    /** The collections that are mounted, without those that lie in another of them. */
    List<StoragePath> collections() {
        Stream<StoragePath> all = mounts.stream().map(MountPoint::collection).distinct();
        return all.filter(collection -> mounts.stream()
                        .map(MountPoint::collection)
                        .noneMatch(other -> !other.equals(collection) && collection.isIn(other)))
                .toList();
    }

    /** For messages: {@code /irods/tempZone=/tempZone, /slides=/tempZone/home/lab}. */
    @Override
    public String toString() {
        return mounts.stream().map(MountPoint::toString).collect(Collectors.joining(", "));
    }
}
