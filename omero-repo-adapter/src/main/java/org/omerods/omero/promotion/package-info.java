/**
 * Promotion: files that an upload left in OMERO's managed repository move to iRODS and are replaced by symbolic links, so
 * that OMERO shows the same images and the local disk is free. Recall is the way back.
 */
@NullMarked
package org.omerods.omero.promotion;

import org.jspecify.annotations.NullMarked;
