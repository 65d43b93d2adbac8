/** Makes whole-slide images. */
@NullMarked
package org.omerods.slides;

import org.jspecify.annotations.NullMarked;
