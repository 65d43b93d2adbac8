package org.omerods.omero.links;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.omerods.storage.StoragePath;

/**
 * Between paths of iRODS and of this machine: {@code collection} is mounted on {@code mountPoint}. Purely textual; nothing
 * is looked up.
 *
 * @param mountPoint absolute, the same for importer and server
 */
public record MountPaths(StoragePath collection, Path mountPoint) {
    public MountPaths {
        mountPoint = mountPoint.normalize();
        if (!mountPoint.isAbsolute() || mountPoint.getNameCount() == 0) {
            throw new IllegalArgumentException("mount point " + mountPoint + " is no absolute path below /");
        }
    }

    /** Where an object appears; empty when it lies outside of what is mounted. */
    public Optional<Path> local(StoragePath path) {
        if (!path.isIn(collection)) {
            return Optional.empty();
        }
        String rest = path.value()
                .substring(collection.isRoot() ? 1 : collection.value().length());
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        // A name that is no UTF-8 cannot be a Path of this JVM: such a file is not linked.
        boolean text = new String(rest.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(rest);
        if (!text) {
            return Optional.empty();
        }
        return Optional.of(rest.isEmpty() ? mountPoint : mountPoint.resolve(rest));
    }

    /** What a path of this machine shows; empty when it is not below the mount. */
    public Optional<StoragePath> remote(Path path) {
        Path normal = path.normalize();
        if (!normal.isAbsolute() || !normal.startsWith(mountPoint)) {
            return Optional.empty();
        }
        String rest = mountPoint.relativize(normal).toString();
        if (rest.isEmpty()) {
            return Optional.of(collection);
        }
        return Optional.of(StoragePath.of((collection.isRoot() ? "" : collection.value()) + "/" + rest));
    }
}
