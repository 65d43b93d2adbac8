/** What the slides show: tissue that is a function of seed and position, at every pyramid level. */
@NullMarked
package org.omerods.slides.tissue;

import org.jspecify.annotations.NullMarked;
