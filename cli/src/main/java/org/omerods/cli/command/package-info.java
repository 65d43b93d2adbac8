/** The commands, one class each. */
@NullMarked
package org.omerods.cli.command;

import org.jspecify.annotations.NullMarked;
