@NullMarked
package org.omerods.bench.result;

import org.jspecify.annotations.NullMarked;
