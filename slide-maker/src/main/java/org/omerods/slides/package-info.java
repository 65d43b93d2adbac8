/** Makes whole-slide images of real structure and any size: {@link org.omerods.slides.SlideMaker} is where to start. */
@NullMarked
package org.omerods.slides;

import org.jspecify.annotations.NullMarked;
