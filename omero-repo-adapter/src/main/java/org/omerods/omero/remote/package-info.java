/** The two ways of talking to an OMERO server: OMERO.web by HTTP, and the {@code omero} program. No OMERO class is needed. */
@NullMarked
package org.omerods.omero.remote;

import org.jspecify.annotations.NullMarked;
