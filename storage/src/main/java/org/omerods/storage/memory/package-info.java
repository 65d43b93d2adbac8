/** A place in memory, for tests and as the reference of what the others must do. */
@NullMarked
package org.omerods.storage.memory;

import org.jspecify.annotations.NullMarked;
