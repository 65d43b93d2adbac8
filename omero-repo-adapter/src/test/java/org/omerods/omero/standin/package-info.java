/** Stand-ins of an OMERO server for the tests: OMERO.web as a small HTTP server, the omero program as a script. */
@NullMarked
package org.omerods.omero.standin;

import org.jspecify.annotations.NullMarked;
