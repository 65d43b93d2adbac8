@NullMarked
package org.omerods.bench;

import org.jspecify.annotations.NullMarked;
