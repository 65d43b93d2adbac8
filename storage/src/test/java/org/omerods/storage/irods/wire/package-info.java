/** Tests of the protocol as bytes. */
@NullMarked
package org.omerods.storage.irods.wire;

import org.jspecify.annotations.NullMarked;
