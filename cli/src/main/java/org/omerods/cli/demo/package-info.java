/** {@code omerods demo}: a slide goes through a zone, the client, the filesystem and the kernel to a program that is not ours. */
@NullMarked
package org.omerods.cli.demo;

import org.jspecify.annotations.NullMarked;
