package org.omerods.omero.model;

import java.util.List;

/**
 * An image of a fileset.
 *
 * @param series its place in the fileset; numbers of images are not in this order
 * @param complete whether all its pixels have a path: set at the very end of an import, never by one that failed
 * @param externalUuid UUID that somebody gave it as external info; empty when none
 */
public record Image(
        long id,
        int series,
        String name,
        boolean complete,
        String externalUuid,
        long roiCount,
        List<Container> containers,
        List<Annotation> annotations) {
    public Image {
        containers = List.copyOf(containers);
        annotations = List.copyOf(annotations);
    }
}
