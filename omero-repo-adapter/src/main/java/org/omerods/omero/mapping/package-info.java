/** Which triples an object should carry: a pure function of what OMERO knows of it. */
@NullMarked
package org.omerods.omero.mapping;

import org.jspecify.annotations.NullMarked;
