/**
 * What to fetch: pure functions from the recent reads of one object to the ranges worth having next. No clock, no random
 * number, no I/O, so that a recorded trace replays to the same plans.
 */
@NullMarked
package org.omerods.fs.plan;

import org.jspecify.annotations.NullMarked;
