/** The portable driver: libfuse 2 by jnr-fuse. The only package that knows jnr. */
@NullMarked
package org.omerods.fs.fuse.jnr;

import org.jspecify.annotations.NullMarked;
