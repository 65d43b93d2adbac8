/** What a person at a terminal sees: progress, sizes, tables. */
@NullMarked
package org.omerods.cli.terminal;

import org.jspecify.annotations.NullMarked;
