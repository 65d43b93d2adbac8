package org.omerods.omero.links;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.omerods.storage.StoragePath;

/**
 * Between paths of iRODS and of this machine: {@code collection} is mounted on {@code directory}. Purely textual; nothing is
 * looked up.
 *
 * @param directory absolute, the same for importer and server
 */
public record MountPoint(StoragePath collection, Path directory) {
    public MountPoint {
        directory = directory.normalize();
        if (!directory.isAbsolute() || directory.getNameCount() == 0) {
            throw new IllegalArgumentException("mount point " + directory + " is no absolute path below /");
        }
    }

    /** Where an object appears; empty when it lies outside of what is mounted. */
    Optional<Path> local(StoragePath path) {
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
        return Optional.of(rest.isEmpty() ? directory : directory.resolve(rest));
    }

    /** What a path of this machine shows; empty when it is not below the mount. */
    Optional<StoragePath> remote(Path path) {
        Path normal = path.normalize();
        if (!normal.isAbsolute() || !normal.startsWith(directory)) {
            return Optional.empty();
        }
        String rest = directory.relativize(normal).toString();
        if (rest.isEmpty()) {
            return Optional.of(collection);
        }
        return Optional.of(StoragePath.of((collection.isRoot() ? "" : collection.value()) + "/" + rest));
    }

    /** {@code directory=collection}, as it is configured. */
    @Override
    public String toString() {
        return directory + "=" + collection;
    }
}
