package org.omerods.omero.annotate;

import java.util.List;
import org.omerods.omero.remote.OmeroException;

/**
 * The map annotations of images that belong to the service account. What others made is neither shown nor touched.
 *
 * <p>OMERO answers some calls with success that did nothing (an update of an annotation that does not exist, an annotation
 * of an image that cannot be seen): success here means that the call was sent and not refused, and {@link AnnotationKeeper}
 * reads back. Thread-safe.
 */
public interface Annotations {

    /** Those of one image in one namespace, lowest number first. An image that is not there has none. */
    List<StoredAnnotation> list(ImageReference image, String namespace) throws OmeroException;

    /** Makes a new one, even where an equal one is there. */
    void create(ImageReference image, String namespace, List<MapPair> pairs) throws OmeroException;

    /** Puts {@code pairs}, which are not empty, in the place of all rows. */
    void replace(ImageReference image, long annotation, List<MapPair> pairs) throws OmeroException;

    /** Removes the annotation. One that is not there is no error. */
    void delete(ImageReference image, long annotation) throws OmeroException;
}
