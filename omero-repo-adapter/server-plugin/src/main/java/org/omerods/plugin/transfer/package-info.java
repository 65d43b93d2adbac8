// SPDX-License-Identifier: GPL-2.0-or-later
/** A way of import for OMERO's {@code --transfer=<class>}. */
@NullMarked
package org.omerods.plugin.transfer;

import org.jspecify.annotations.NullMarked;
