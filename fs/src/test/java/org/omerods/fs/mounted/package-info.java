/** The whole way: a program, the kernel, the filesystem, the iRODS client, a zone. */
@NullMarked
package org.omerods.fs.mounted;

import org.jspecify.annotations.NullMarked;
