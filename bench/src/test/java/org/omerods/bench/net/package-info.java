@NullMarked
package org.omerods.bench.net;

import org.jspecify.annotations.NullMarked;
