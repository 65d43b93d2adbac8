/** Tests of where and how bytes are read. */
@NullMarked
package org.omerods.storage.irods.read;

import org.jspecify.annotations.NullMarked;
