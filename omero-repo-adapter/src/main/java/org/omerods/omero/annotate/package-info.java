/**
 * iRODS to OMERO: what iRODS knows of an image's objects becomes two map annotations of the image, in namespaces of their
 * own. iRODS is the authority of both: an edit made in OMERO is overwritten by the next comparison.
 */
@NullMarked
package org.omerods.omero.annotate;

import org.jspecify.annotations.NullMarked;
