/**
 * The block files: bytes of object versions on a local disk, one sparse file for each version, fetched once for all who
 * wait, shown only when complete and verified, evicted when the budget is used up.
 */
@NullMarked
package org.omerods.fs.block;

import org.jspecify.annotations.NullMarked;
