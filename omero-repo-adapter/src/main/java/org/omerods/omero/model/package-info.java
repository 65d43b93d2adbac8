/** What the companion knows of an OMERO server: filesets with all that belongs to them, as values. */
@NullMarked
package org.omerods.omero.model;

import org.jspecify.annotations.NullMarked;
