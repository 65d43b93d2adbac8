/** Storage in an iRODS zone. The sub-packages stand one on the other: read, write, catalog, session, wire. */
@NullMarked
package org.omerods.storage.irods;

import org.jspecify.annotations.NullMarked;
