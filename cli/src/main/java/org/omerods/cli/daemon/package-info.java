/** Mounts that outlive the command that made them: detaching, registering, asking. */
@NullMarked
package org.omerods.cli.daemon;

import org.jspecify.annotations.NullMarked;
