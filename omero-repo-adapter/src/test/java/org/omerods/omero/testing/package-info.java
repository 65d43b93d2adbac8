/** A PostgreSQL that the build starts, and OMERO databases in it: a small one of our own, and recorded ones. */
@NullMarked
package org.omerods.omero.testing;

import org.jspecify.annotations.NullMarked;
