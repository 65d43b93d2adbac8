package org.omerods.omero.annotate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omerods.omero.remote.OmeroException;

/** What OMERO has already, of many images at once: where it is known to be as wanted, no call for each image is needed. */
@FunctionalInterface
public interface PresentAnnotations {
    /** Where OMERO's database cannot be asked: each image is looked at by itself. */
    PresentAnnotations UNKNOWN = (images, namespace) -> Optional.empty();

    /**
     * @return of each image that has any its annotations of the service account in this namespace, lowest number first;
     *     empty when nothing is known
     */
    Optional<Map<Long, List<StoredAnnotation>>> find(Set<Long> images, String namespace) throws OmeroException;
}
