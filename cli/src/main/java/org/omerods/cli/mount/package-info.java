/** The composition root of a mount: from a configuration to a filesystem under a kernel, wired by hand. */
@NullMarked
package org.omerods.cli.mount;

import org.jspecify.annotations.NullMarked;
