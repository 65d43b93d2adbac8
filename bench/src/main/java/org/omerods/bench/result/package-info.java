/** What was measured, as numbers and as JSON. */
@NullMarked
package org.omerods.bench.result;

import org.jspecify.annotations.NullMarked;
