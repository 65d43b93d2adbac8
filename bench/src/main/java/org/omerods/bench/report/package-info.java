/** From the committed results to tables, plots and the verdict on each goal. */
@NullMarked
package org.omerods.bench.report;

import org.jspecify.annotations.NullMarked;
