/**
 * What to fetch: from the reads of one object to the ranges worth having next. No clock, no random number, no I/O, so that a
 * recorded trace replays to the same plans. {@link org.omerods.fs.plan.ReadPlanner} plans for any file, {@link
 * org.omerods.fs.plan.SlidePlanner} for a slide whose layout is known.
 */
@NullMarked
package org.omerods.fs.plan;

import org.jspecify.annotations.NullMarked;
