/** Tests of framing and the XML dialect. */
@NullMarked
package org.omerods.zone.wire;

import org.jspecify.annotations.NullMarked;
