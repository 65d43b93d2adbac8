/** What the mount is compared with in the same run. */
@NullMarked
package org.omerods.bench.peer;

import org.jspecify.annotations.NullMarked;
