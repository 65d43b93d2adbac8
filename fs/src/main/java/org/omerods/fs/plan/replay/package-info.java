/** Recorded reads, and what the planning makes of them: to judge it without a mount, and to repeat what a program did. */
@NullMarked
package org.omerods.fs.plan.replay;

import org.jspecify.annotations.NullMarked;
