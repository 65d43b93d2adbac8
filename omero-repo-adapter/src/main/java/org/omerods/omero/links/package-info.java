/**
 * The symbolic links of OMERO's managed repository that lead into a mount of iRODS: found, checked against iRODS, and
 * re-pointed after a rename. Only links to files below the configured mount are looked at.
 */
@NullMarked
package org.omerods.omero.links;

import org.jspecify.annotations.NullMarked;
