/** Measuring, retrying and refusing changes, for any place. */
@NullMarked
package org.omerods.storage.decorate;

import org.jspecify.annotations.NullMarked;
