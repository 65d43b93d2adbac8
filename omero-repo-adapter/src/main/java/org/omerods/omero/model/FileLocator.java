package org.omerods.omero.model;

import java.util.Optional;
import org.omerods.storage.StoragePath;

/** Tells where in iRODS the bytes of a file lie that OMERO knows. */
@FunctionalInterface
public interface FileLocator {
    /** Empty when they do not lie in iRODS, as far as can be seen. */
    Optional<StoragePath> locate(OriginalFile file);
}
