package org.omerods.zone;

import java.nio.file.Path;

/**
 * A directory that a zone serves in place, read-only.
 *
 * @param directory what is served, with everything below it
 * @param collection the logical path at which it appears, such as {@code /tempZone/home/rods/slides}
 */
public record ServedTree(Path directory, String collection) {
    public ServedTree {
        if (!collection.startsWith("/") || collection.endsWith("/")) {
            throw new IllegalArgumentException(
                    "'" + collection + "' is not a logical path; give one such as /tempZone/home/rods/slides");
        }
    }
}
