// SPDX-License-Identifier: GPL-2.0-or-later
/** Tells the companion that a transaction was committed. */
@NullMarked
package org.omerods.plugin.wake;

import org.jspecify.annotations.NullMarked;
