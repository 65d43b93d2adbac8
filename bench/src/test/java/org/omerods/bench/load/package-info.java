@NullMarked
package org.omerods.bench.load;

import org.jspecify.annotations.NullMarked;
