/** The companion of an OMERO server: identities and annotations in iRODS, imports in place. */
@NullMarked
package org.omerods.omero;

import org.jspecify.annotations.NullMarked;
