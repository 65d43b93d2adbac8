/** Tests of storage in an iRODS zone. */
@NullMarked
package org.omerods.storage.irods;

import org.jspecify.annotations.NullMarked;
