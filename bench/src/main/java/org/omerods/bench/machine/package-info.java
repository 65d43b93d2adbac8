/** The machine under the measurement: what it is, what a process uses of it, its page cache, its programs. */
@NullMarked
package org.omerods.bench.machine;

import org.jspecify.annotations.NullMarked;
