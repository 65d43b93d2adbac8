/** A baseline JPEG encoder whose entropy-coded rows can be cut and joined at any MCU without coding them again. */
@NullMarked
package org.omerods.slides.jpeg;

import org.jspecify.annotations.NullMarked;
