package org.omerods.omero.links;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/**
 * Which object of iRODS is which file of the managed repository. The mirror writes it on each object
 * ({@code omero::originalfile}, units {@code <uuid of the repository>:<path><name>}), and triples stay with the catalog's
 * number of an object: after a rename they tell where the file is now.
 */
public final class ManagedFiles {
    private final Map<String, Set<StoragePath>> byManagedPath;

    private ManagedFiles(Map<String, Set<StoragePath>> byManagedPath) {
        this.byManagedPath = byManagedPath;
    }

    /**
     * Reads all of them below some collections, some hundred thousand a second.
     *
     * @param prefix of the companion's attributes
     */
    public static ManagedFiles read(AvuStore avus, List<StoragePath> collections, String prefix)
            throws StorageException {
        String attribute = prefix + "originalfile";
        Map<String, Set<StoragePath>> found = new HashMap<>();
        for (StoragePath collection : collections) {
            avus.scan(collection, attribute, (path, avu) -> {
                if (avu.attribute().equals(attribute)) {
                    found.computeIfAbsent(managedPath(avu), name -> new TreeSet<>())
                            .add(path);
                }
            });
        }
        return new ManagedFiles(found);
    }

    private static String managedPath(Avu avu) {
        String units = avu.units();
        return units.substring(units.indexOf(':') + 1);
    }

    /** The objects that say they are this file, {@code alice_2/2026-11/20/11-27-51.1/x.ndpi}; usually one. */
    Set<StoragePath> objectsOf(String managedPath) {
        return byManagedPath.getOrDefault(managedPath, Set.of());
    }
}
