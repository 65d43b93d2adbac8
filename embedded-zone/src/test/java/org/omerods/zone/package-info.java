/** Tests of the embedded zone, by three clients and by hand. */
@NullMarked
package org.omerods.zone;

import org.jspecify.annotations.NullMarked;
