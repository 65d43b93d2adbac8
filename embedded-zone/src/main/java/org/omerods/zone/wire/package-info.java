/** Framing and the XML dialect of the iRODS protocol, and the structures that its calls carry. */
@NullMarked
package org.omerods.zone.wire;

import org.jspecify.annotations.NullMarked;
