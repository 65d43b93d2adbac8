/** Programs that read and write files the way users' programs do, and time it. */
@NullMarked
package org.omerods.bench.load;

import org.jspecify.annotations.NullMarked;
