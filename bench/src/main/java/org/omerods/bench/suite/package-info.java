/** The suites: each measures one side of a mount, with its peers, in rounds. */
@NullMarked
package org.omerods.bench.suite;

import org.jspecify.annotations.NullMarked;
