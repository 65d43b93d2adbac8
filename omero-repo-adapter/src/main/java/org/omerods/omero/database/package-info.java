/** Reading from the database of an OMERO server, with a role that may only select. */
@NullMarked
package org.omerods.omero.database;

import org.jspecify.annotations.NullMarked;
