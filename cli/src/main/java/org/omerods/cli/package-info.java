/** The omerods command. */
@NullMarked
package org.omerods.cli;

import org.jspecify.annotations.NullMarked;
