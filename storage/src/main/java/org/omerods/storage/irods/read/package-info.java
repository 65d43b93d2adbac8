/** Reading bytes of object versions: random ranges, many at once, over several connections, across broken ones. */
@NullMarked
package org.omerods.storage.irods.read;

import org.jspecify.annotations.NullMarked;
