package org.omerods.omero.promotion;

import java.nio.file.Path;
import org.omerods.omero.links.MountPaths;
import org.omerods.omero.links.MountPoint;
import org.omerods.storage.StoragePath;

/**
 * Where files move from and to.
 *
 * @param repository the managed repository on this machine
 * @param collection below which they lie in iRODS, with the same names as in the repository; below a mount
 * @param mount how OMERO sees iRODS
 * @param prefix of the companion's attributes
 */
public record PromotionPlace(Path repository, StoragePath collection, MountPaths mount, String prefix) {
    public PromotionPlace {
        repository = repository.toAbsolutePath().normalize();
        if (mount.local(collection).isEmpty()) {
            throw new IllegalArgumentException(
                    "promotion to " + collection + ": OMERO does not see it, since only " + mount + " is mounted");
        }
        for (MountPoint point : mount.mounts()) {
            if (repository.startsWith(point.directory()) || point.directory().startsWith(repository)) {
                throw new IllegalArgumentException("repository " + repository + " and mount " + point.directory()
                        + " lie within each other: only files of a local repository can be promoted");
            }
        }
    }

    Path local(String managedPath) {
        return repository.resolve(managedPath);
    }

    StoragePath remote(String managedPath) {
        StoragePath path = collection;
        for (String name : managedPath.split("/")) {
            path = path.child(name);
        }
        return path;
    }

    /** Marks an object that is a promoted file; the value is its path in the repository. */
    String attribute() {
        return prefix + "promoted";
    }
}
