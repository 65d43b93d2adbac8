/** A directory tree of the local machine as a place. */
@NullMarked
package org.omerods.storage.local;

import org.jspecify.annotations.NullMarked;
