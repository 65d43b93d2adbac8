/** What a measurement runs on: the zone, the daemons, the programs around them, each started and ended here. */
@NullMarked
package org.omerods.bench.stage;

import org.jspecify.annotations.NullMarked;
