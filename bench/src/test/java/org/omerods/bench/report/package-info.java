@NullMarked
package org.omerods.bench.report;

import org.jspecify.annotations.NullMarked;
